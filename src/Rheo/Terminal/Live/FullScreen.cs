using System.Runtime.InteropServices;
using Rheo.Interop;

namespace Rheo.Terminal.Live;

/// <summary>
/// A terminal taken over for a while: alternate screen, raw keys, no cursor. It gets back what it was when this is disposed of, when
/// the process is stopped (Ctrl-Z), and taken over again when it goes on. Threads: any.
/// </summary>
public sealed class FullScreen : IDisposable
{
    private readonly Lock _lock = new();
    private readonly int _terminal;
    private readonly Stream _output;
    private readonly FrameWriter _writer;
    private readonly Termios _before;
    private readonly PosixSignalRegistration[] _signals;
    private State _state = State.Suspended;

    private FullScreen(int terminal, Stream output, bool styled, Termios before, Action changed)
    {
        (_terminal, _output, _before) = (terminal, output, before);
        _writer = new FrameWriter(output, styled);
        Enter();
#pragma warning disable CA1416 // Rheo runs on Linux alone.
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTSTP, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGCONT, context =>
            {
                context.Cancel = true;
                Again(changed);
            }),
            PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changed()),
        ];
#pragma warning restore CA1416
    }

    /// <summary>The size now; something sane where the terminal tells none.</summary>
    public Size Size => SizeOf(_terminal);

    /// <summary>Takes over a terminal; null when the descriptor is none.</summary>
    /// <param name="terminal">A descriptor of it, for its modes and size.</param>
    /// <param name="output">Where to draw.</param>
    /// <param name="styled">Whether it may be coloured.</param>
    /// <param name="changed">Called when its size or all of its content has to be drawn anew; from any thread.</param>
    public static FullScreen? TryOpen(int terminal, Stream output, bool styled, Action changed) =>
        TerminalCalls.TryGetModes(terminal, out var modes) ? new FullScreen(terminal, output, styled, modes, changed) : null;

    /// <summary>The size of a terminal; <see cref="Live.Size.Classic"/> where it tells none.</summary>
    public static Size SizeOf(int terminal)
    {
        var reported = TerminalCalls.Size(terminal);
        return Size.Sane(reported.Columns, reported.Rows);
    }

    /// <summary>Whether a descriptor is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => TerminalCalls.TryGetModes(descriptor, out _);

    /// <summary>Shows a frame, unless the terminal is somebody else's at the moment.</summary>
    public void Show(Frame frame)
    {
        lock (_lock)
        {
            if (_state == State.Ours)
                _writer.Write(frame);
        }
    }

    /// <summary>Draws the next frame whole, whatever is on the screen.</summary>
    public void Redraw()
    {
        lock (_lock)
            _writer.Forget();
    }

    /// <summary>Gives the terminal back for good.</summary>
    public void Close() => Leave(State.Closed);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        foreach (var signal in _signals)
            signal.Dispose();
    }

    // .NET does not stop a process that listens to this signal: it is done here, after the terminal was given back.
    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        Leave(State.Suspended);
        TerminalCalls.StopProcess();
    }

    private void Again(Action changed)
    {
        lock (_lock)
        {
            if (_state == State.Closed)
                return;
            // Stopped by SIGSTOP, which nobody hears, the modes are the shell's as well.
            Enter();
        }

        changed();
    }

    private void Enter()
    {
        TerminalCalls.TrySetModes(_terminal, TerminalCalls.Raw(_before));
        // Alternate screen, no cursor, and no wrapping: the last cell of the last row must not scroll.
        Send("\e[?1049h\e[?25l\e[?7l"u8);
        _writer.Forget();
        _state = State.Ours;
    }

    private void Leave(State state)
    {
        lock (_lock)
        {
            if (_state == State.Closed)
                return;
            if (_state == State.Ours)
                GiveBack();
            _state = state;
        }
    }

    private void GiveBack()
    {
        try
        {
            Send("\e[0m\e[?7h\e[?25h\e[?1049l"u8);
        }
        catch (IOException)
        {
            // Its window was closed.
        }

        TerminalCalls.TrySetModes(_terminal, _before);
    }

    private void Send(ReadOnlySpan<byte> octets)
    {
        _output.Write(octets);
        _output.Flush();
    }

    private enum State
    {
        Ours,
        Suspended,
        Closed,
    }
}
