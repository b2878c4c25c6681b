using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rheo.Interop;

/// <summary>A terminal's modes as glibc lays them out on x86-64 and arm64 (bits/termios-struct.h): 60 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Termios
{
    /// <summary>The kernel turns Ctrl-C, Ctrl-Z and Ctrl-\ into signals.</summary>
    public const uint Signals = 1; // ISIG

    public uint InputModes;
    public uint OutputModes;
    public uint ControlModes;
    public uint LocalModes;
    private readonly byte _discipline;
    private readonly ControlCharacters _characters;
    private readonly uint _inputSpeed;
    private readonly uint _outputSpeed;

    [InlineArray(32)]
    private struct ControlCharacters
    {
        private byte _element;
    }
}
