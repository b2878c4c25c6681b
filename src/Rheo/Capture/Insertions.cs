namespace Rheo.Capture;

/// <summary>
/// Whether the kernel may have put flows into slots since the last scan. Where nothing is new, the slots that hold no flow need not be
/// read: three megabytes a second on a quiet host.
/// </summary>
internal sealed class Insertions
{
    /// <summary>All slots are looked at once in so many scans, whatever the count says: should it ever be wrong, nothing is missed for longer.</summary>
    private const int MostSkipped = 7;

    private ulong _inserted;
    private int _scansAfter;

    /// <summary>To be asked once a scan, with what the kernel counted before the slots are looked at.</summary>
    /// <remarks>The count follows the slot. On machines that show stores out of order it may be seen before: one scan more sees them all.</remarks>
    internal bool MayHaveNew(ulong inserted)
    {
        if (inserted != _inserted)
            _scansAfter = 0;
        else
            _scansAfter = _scansAfter <= MostSkipped ? _scansAfter + 1 : 1;
        _inserted = inserted;
        return _scansAfter < 2;
    }
}
