using System.Runtime.InteropServices;

namespace Rheo.Interop;

/// <summary>struct winsize of asm-generic/termios.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct WindowSize
{
    public ushort Rows;
    public ushort Columns;
    private readonly ushort _pixelsAcross;
    private readonly ushort _pixelsDown;
}
