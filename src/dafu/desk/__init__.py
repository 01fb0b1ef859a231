"""One module per act that joins the layers below: what a command does once its words are understood."""
