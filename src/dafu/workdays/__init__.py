"""Is this day a working day, and by which notice; add N working days; provisional where no notice is out."""

from dafu.workdays.calendar import Calendar, Counted, Judged
from dafu.workdays.notices import YearNotice, published
from dafu.workdays.statute import moved_by, named_day, statutory

__all__ = ["Calendar", "Counted", "Judged", "YearNotice", "moved_by", "named_day", "published", "statutory"]
