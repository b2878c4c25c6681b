using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Rheo.Terminal.Live;

namespace Rheo.Tests.Terminal.Vt;

/// <summary>A pair of pseudo terminals: a program draws on one end, the test types and looks at the other.</summary>
internal sealed unsafe partial class PseudoTerminal : IDisposable
{
    private const nuint SetWindowSize = 0x5414; // TIOCSWINSZ
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SafeFileHandle _master;
    private readonly SafeFileHandle _slave;
    private readonly FileStream _keys;
    private readonly VtScreen _screen;
    private readonly Lock _lock = new();
    private readonly MemoryStream _sent = new();

    public PseudoTerminal(int width, int height)
    {
        int master, slave;
        var size = new WindowSize { Rows = (ushort)height, Columns = (ushort)width };
        if (openpty(&master, &slave, null, null, &size) != 0)
            throw new InvalidOperationException("openpty failed");
        (_master, _slave) = (new SafeFileHandle(master, ownsHandle: true), new SafeFileHandle(slave, ownsHandle: true));
        _keys = new FileStream(_master, FileAccess.ReadWrite, bufferSize: 0);
        _screen = new VtScreen(Size.Sane(width, height));
        // Its reader ends when the last who has the other end open is gone.
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>The program's end, as a descriptor of this process.</summary>
    public int Terminal => (int)_slave.DangerousGetHandle();

    /// <summary>The program's end, as a path.</summary>
    public string Path => File.ResolveLinkTarget($"/proc/self/fd/{Terminal}", returnFinalTarget: false)!.FullName;

    /// <summary>The modes of the terminal, to be compared.</summary>
    public string Modes
    {
        get
        {
            var modes = stackalloc uint[15];
            return tcgetattr(Terminal, modes) == 0 ? string.Join(' ', new Span<uint>(modes, 15).ToArray()) : "none";
        }
    }

    /// <summary>All bytes that were sent to it.</summary>
    public string Sent => Look(_ => Encoding.UTF8.GetString(_sent.ToArray()));

    public void Type(string keys) => _keys.Write(Encoding.UTF8.GetBytes(keys));

    public void Resize(int width, int height)
    {
        var size = new WindowSize { Rows = (ushort)height, Columns = (ushort)width };
        lock (_lock)
        {
            _screen.Resize(Size.Sane(width, height));
            _ = ioctl((int)_master.DangerousGetHandle(), SetWindowSize, &size);
        }
    }

    /// <summary>Asks the screen something while nothing is drawn.</summary>
    public T Look<T>(Func<VtScreen, T> ask)
    {
        lock (_lock)
            return ask(_screen);
    }

    /// <summary>Waits until the screen shows this, between frames and not in one.</summary>
    public void Await(string text) => Await($"'{text}'", screen => screen.Text.Contains(text, StringComparison.Ordinal));

    public void Await(string what, Func<VtScreen, bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!Look(screen => !screen.IsUpdating && isSo(screen)))
        {
            if (watch.Elapsed > Patience)
                throw new TimeoutException($"{what} does not come; the screen:\n{Look(screen => screen.Text)}");
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        _slave.Dispose();
        _keys.Dispose();
        _master.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (_keys.Read(buffer) is var count and > 0)
                Take(buffer.AsSpan(0, count));
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
        }
    }

    private void Take(ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            _sent.Write(octets);
            _screen.Send(octets);
        }
    }

    [LibraryImport("libc")]
    private static partial int openpty(int* master, int* slave, byte* name, void* modes, WindowSize* size);

    [LibraryImport("libc")]
    private static partial int ioctl(int descriptor, nuint request, WindowSize* size);

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, uint* modes);

    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Across;
        public ushort Down;
    }
}
