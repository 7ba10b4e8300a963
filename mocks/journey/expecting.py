"""What a story says when something that should have happened did not."""


class DidNotHappen(Exception):
    """What should have been so and was not, in a sentence."""


def expect(happened: object, otherwise: str) -> None:
    """Raises DidNotHappen."""
    if not happened:
        raise DidNotHappen(otherwise)
