from __future__ import annotations

from datetime import date

from dafu.model import Event, Office, Proposal, Proposer, Reply, as_keys, in_words, said_in_words
from dafu.model.spelling import said_keys
from dafu.terms import Kind, Step

TALK = Event(day=date(2025, 5, 12), step=Step.TALK, way="面商", to="林晓")


def test_a_value_is_told_in_the_words_of_the_file() -> None:
    reply = as_keys(Reply(grade="A", signed_on=date(2025, 8, 26), contact_persons=("林晓", "程一")))

    assert (reply["办理结果"], reply["成文日期"], reply["联系人"]) == ("A", "2025-08-26", ["林晓", "程一"])
    assert reply["签发人"] is None
    assert reply["抄送"] is None


def test_of_an_event_only_what_was_set_is_said() -> None:
    assert said_keys(TALK) == {"日期": "2025-05-12", "环节": "沟通", "方式": "面商", "对象": "林晓"}
    assert as_keys(TALK)["理由"] is None


def test_no_is_said_and_an_empty_list_is_not() -> None:
    proposal = Proposal(number="31", session="三次会议", subject="夜市", proposers=(Proposer(person="林晓"),))

    assert said_keys(proposal) == {
        "案号": "31",
        "类别": str(Kind.PROPOSAL),
        "届次": "三次会议",
        "会期": "会间",
        "案由": "夜市",
        "提案人": [{"姓名": "林晓"}],
        "角色": "独办",
        "重点": False,
        "语种": "简体",
    }


def without_nothing(tree: object) -> object:
    if isinstance(tree, list):
        return [without_nothing(item) for item in tree]
    if isinstance(tree, dict):
        return {word: without_nothing(item) for word, item in tree.items() if item is not None}
    return tree


def test_what_is_said_is_what_is_told_without_what_is_absent(office: Office) -> None:
    proposal = Proposal(
        number="31", session="三次会议", subject="夜市", proposers=(Proposer(body="民盟"),), events=(TALK,)
    )

    assert said_in_words(proposal, office) == without_nothing(in_words(proposal, office))
