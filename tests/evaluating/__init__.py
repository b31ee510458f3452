"""How well a reader reads labelled cases: the figures, the driver, the command."""
