"""Groups of things that are joined by twos (a union-find structure)."""

from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=str | int)


class Groups(Generic[Thing]):
    """Groups that grow together; what was never joined is a group of its own.

    Examples:
        >>> groups = Groups[str]()
        >>> groups.join("a", "b")
        >>> groups.find("a") == groups.find("b"), groups.find("c")
        (True, 'c')
    """

    def __init__(self) -> None:
        """Begin with nothing joined."""
        self._parents: dict[Thing, Thing] = {}

    def find(self, thing: Thing) -> Thing:
        """Return the member that stands for the whole group: the smallest, whatever the order of joining."""
        root = thing
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while (parent := self._parents.get(thing, thing)) != root:
            self._parents[thing], thing = root, parent
        return root

    def join(self, one: Thing, other: Thing) -> None:
        """Make the groups of two things one."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parents[high] = low
