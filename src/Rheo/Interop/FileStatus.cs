namespace Rheo.Interop;

/// <summary>What the system knows of an open file.</summary>
/// <param name="Owner">The user that it belongs to.</param>
/// <param name="Mode">Kind and rights, as in <c>st_mode</c>.</param>
public readonly record struct FileStatus(uint Owner, ushort Mode)
{
    /// <summary><c>S_IWGRP | S_IWOTH</c>.</summary>
    public const int WritableByOthers = 0x12;

    /// <summary><c>S_ISVTX</c>: in this folder everybody may only take away what is his own.</summary>
    public const int Sticky = 0x200;

    /// <summary>Its number in its file system: another file at the same path has another.</summary>
    public ulong Inode { get; init; }

    /// <summary>Whether others than the owner may write to it.</summary>
    public bool OthersMayWrite => (Mode & WritableByOthers) != 0;

    /// <summary>A folder.</summary>
    public bool IsFolder => (Mode & 0xf000) == 0x4000;

    /// <summary>A symbolic link.</summary>
    public bool IsLink => (Mode & 0xf000) == 0xa000;

    /// <summary>A socket.</summary>
    public bool IsSocket => (Mode & 0xf000) == 0xc000;

    /// <summary>An ordinary file: no folder, device, pipe or socket.</summary>
    public bool IsFile => (Mode & 0xf000) == 0x8000;
}
