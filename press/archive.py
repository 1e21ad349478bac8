"""ZIP files that have the same bytes whenever and wherever they are made."""

import io
import zipfile


def zipped(members: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    """Pack files without times and owners.

    Parameters
    ----------
    members : dict
        Name in the archive -> content, in the order in which they are written.
    stored : tuple of str
        Members that are kept uncompressed.

    Returns
    -------
    bytes
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, content)
    return stream.getvalue()
