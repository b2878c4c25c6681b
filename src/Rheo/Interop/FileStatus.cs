namespace Rheo.Interop;

/// <summary>What the system knows of an open file.</summary>
/// <param name="Owner">The user that it belongs to.</param>
/// <param name="Mode">Kind and rights, as in <c>st_mode</c>.</param>
public readonly record struct FileStatus(uint Owner, ushort Mode)
{
    /// <summary><c>S_IWGRP | S_IWOTH</c>.</summary>
    public const int WritableByOthers = 0x12;

    /// <summary>An ordinary file: no folder, device, pipe or socket.</summary>
    public bool IsFile => (Mode & 0xf000) == 0x8000;
}
