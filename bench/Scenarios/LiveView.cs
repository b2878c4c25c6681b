using System.Diagnostics;
using System.Text;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Scenarios;

/// <summary><c>rheo top</c> on a terminal of its own, which <c>script</c> gives it, and a thread that reads what it draws.</summary>
internal sealed class LiveView : IDisposable
{
    // A frame ends where the terminal may show it (synchronized output, mode 2026).
    private const string EndOfFrame = "\e[?2026l";
    private const string Size = "stty rows 40 cols 150";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process _running;
    private readonly Thread _reader;
    private readonly long _begin = Clock.NowNs;
    private long _firstFrameNs;
    private long _firstRowNs;
    private int _frames;

    /// <param name="home">Where it runs.</param>
    /// <param name="row">A word that each row has, and nothing else on the screen.</param>
    /// <param name="words">What follows <c>rheo top</c>.</param>
    public LiveView(NetworkNamespace home, string row, params string[] words)
    {
        var top = string.Join(' ', ["exec", NativeBinary.Path, "top", .. words]);
        // `script` wants somebody at the keyboard who does not go away.
        _running = Command.Start(home.Inside("sh", "-c", $"sleep 600 | script -qefc '{Size}; {top}' /dev/null"), keepOutput: true);
        _reader = new Thread(() => Read(row)) { IsBackground = true };
        _reader.Start();
    }

    /// <summary>From its start to the end of the first frame.</summary>
    public double FirstFrameMs => Await("a frame", ref _firstFrameNs);

    /// <summary>From its start to the first frame with a conversation.</summary>
    public double FirstRowMs => Await("a row", ref _firstRowNs);

    public int Frames => Volatile.Read(ref _frames);

    /// <summary>CPU time of the program itself, without that of the terminal.</summary>
    public long CpuNs => CpuTime.Of(Program());

    public void Dispose()
    {
        foreach (var process in CpuTime.Tree(_running.Id).Reverse())
            _ = Libc.kill(process, Libc.SIGKILL);
        _running.WaitForExit();
        _reader.Join();
        _running.Dispose();
    }

    private double Await(string what, ref long moment)
    {
        var limit = Clock.NowNs + (long)Patience.TotalNanoseconds;
        while (Volatile.Read(ref moment) == 0)
        {
            if (Clock.NowNs > limit || !_reader.IsAlive)
                throw new BenchException($"rheo top did not draw {what} within {Patience.TotalSeconds:F0} s, or ended");
            Clock.Sleep(TimeSpan.FromMilliseconds(1));
        }

        return (moment - _begin) / 1e6;
    }

    private int Program() => CpuTime.Tree(_running.Id).First(id => File.ResolveLinkTarget($"/proc/{id}/exe", false)?.FullName == Path.GetFullPath(NativeBinary.Path));

    private void Read(string row)
    {
        var (stream, buffer, frame) = (_running.StandardOutput.BaseStream, new byte[65_536], new StringBuilder());
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            frame.Append(Encoding.Latin1.GetString(buffer, 0, read));
            Tell(frame, row);
        }
    }

    // What a read holds may be a part of a frame, or more than one.
    private void Tell(StringBuilder drawn, string row)
    {
        var text = drawn.ToString();
        var end = text.LastIndexOf(EndOfFrame, StringComparison.Ordinal);
        if (end < 0)
            return;
        end += EndOfFrame.Length;
        if (_firstFrameNs == 0)
            Volatile.Write(ref _firstFrameNs, Clock.NowNs);
        if (_firstRowNs == 0 && text.AsSpan(0, end).Contains(row, StringComparison.Ordinal))
            Volatile.Write(ref _firstRowNs, Clock.NowNs);
        Volatile.Write(ref _frames, _frames + text.AsSpan(0, end).Count(EndOfFrame));
        drawn.Remove(0, end);
    }
}
