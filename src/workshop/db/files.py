"""Files written whole or not at all, and places where a database file must not lie."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afs", "coda", "ceph", "glusterfs", "lustre", "beegfs", "gpfs"}
    | {"ocfs2", "gfs2", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.s3fs", "fuse.rclone"}
    | {"fuse.davfs2", "fuse.curlftpfs", "fuse.smbnetfs"}
)
_SHARED = frozenset({"9p", "virtiofs", "vboxsf", "prl_fs", "fuse.vmhgfs-fuse", "fuse.grpcfuse", "fuse.osxfs"})


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it takes the target's name, safe on the disk, only if nothing fails.

    The new file can be read by its owner alone.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".partial")
    os.close(handle)
    partial = Path(name)
    try:
        yield partial
        _to_disk(partial)
        partial.replace(target)
        if os.name == "posix":  # elsewhere a folder cannot be opened
            _to_disk(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def network_file_system(path: Path, mounts: str | None = None) -> str | None:
    r"""The kind of network file system, or of folder shared by machines, on which a path lies; None on a local one.

    `mounts` is the text of `/proc/self/mountinfo` (proc(5)); where a system has none, only `\\server` is known.
    A machine whose whole root is such a folder (a container, a virtual machine) does not share it.
    """
    if str(path).startswith("\\\\"):
        return "smb"
    if mounts is None:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape") if _MOUNTS.exists() else ""
    place = path.resolve()
    kind, depth, root = "", -1, False
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = Path(_unescaped(before.split(" ")[4]))
        if len(point.parts) >= depth and place.is_relative_to(point):  # the later of two hides the other
            kind, depth, root = after.split(" ")[0], len(point.parts), point == Path("/")
    return kind if kind in _NETWORK or (kind in _SHARED and not root) else None


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
