"""Why a fetch fails, a tree.

FetchError                  there is no content; becomes a ``messages.Failure``
    PassingError            asking again in a moment may help
        NoAnswerError       and the host has not said a word
    ForbiddenAddressError   the host is at an address that is not public
"""

from transforms.rejects import RejectedDocumentError


class FetchError(RejectedDocumentError):
    """There is no content.

    Attributes:
        is_final: ``messages.Failure``.
    """

    def __init__(self, reason: str, detail: str, *, is_final: bool = False) -> None:
        super().__init__(reason, detail)
        self.is_final = is_final


class PassingError(FetchError):
    """Asking again in a moment may help."""


class NoAnswerError(PassingError):
    """The host has not said a word."""


class ForbiddenAddressError(FetchError):
    """The host is at an address that is not public."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__("forbidden_address", f"{host} is at {address}, which is not public")
