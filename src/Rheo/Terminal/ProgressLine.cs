using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rheo.Interop;

namespace Rheo.Terminal;

/// <summary>
/// How far a long command is: on a terminal one line that is written over, with the time that is left; elsewhere a line for each
/// step. Threads: any.
/// </summary>
public sealed class ProgressLine : IDisposable
{
    private const int StandardError = 2;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly string _name;
    private readonly TextWriter _output;
    private readonly Func<int>? _width;
    private readonly Timer? _timer;
    private readonly Lock _writing = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _begun;
    private TimeSpan _behind;
    private (int Done, int Total, string What)? _step;

    /// <summary>Makes one that writes to a given place.</summary>
    /// <param name="name">The command, before each line.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">How wide the terminal is now; null: no terminal.</param>
    public ProgressLine(string name, TextWriter output, Func<int>? width)
    {
        (_name, _output, _width) = (name, output, width);
        _timer = width is null ? null : new Timer(_ => Draw(), null, Tick, Tick);
    }

    /// <summary>One for standard error: animated where that is a terminal that can.</summary>
    public static ProgressLine OnStandardError(string name, TextWriter output) =>
        new(name, output, Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb" ? null : Width);

    /// <summary>Shows the next step.</summary>
    /// <param name="done">Steps behind us.</param>
    /// <param name="total">Steps in all; 0 while that is not known.</param>
    /// <param name="what">The next one, in words.</param>
    public void Show(int done, int total, string what)
    {
        lock (_writing)
        {
            if (done == 0)
                _begun = _clock.Elapsed;
            _behind = _clock.Elapsed - _begun;
            _step = (done, total, Text.Printable(what));
        }

        if (_width is null)
            _output.WriteLine($"{_name}: {Describe()}");
        else
            Draw();
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
        {
            if (_width is not null && _step is not null)
                _output.Write("\r\e[K");
            _step = null;
        }
    }

    private void Draw()
    {
        lock (_writing)
        {
            if (_step is null || _width is null)
                return;
            var line = $"{_name}: {Describe()}";
            // The last column is left free: a character there wraps on some terminals.
            var room = Math.Max(1, _width() - 1);
            _output.Write("\r" + (line.Length > room ? line[..room] : line) + "\e[K");
        }
    }

    private string Describe()
    {
        var (done, total, what) = _step!.Value;
        if (total == 0)
            return what;
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{done + 1}/{total} {what}"));
        if (_width is not null && done > 0)
            text.Append(", ").Append(Left(done, total)).Append(" left");
        return text.ToString();
    }

    // As long as the steps behind us took on average, less what this one has taken: told in whole seconds.
    private string Left(int done, int total)
    {
        var left = (_behind / done * total) - (_clock.Elapsed - _begun);
        left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return left.TotalMinutes >= 1 ? $"{(int)left.TotalMinutes} m {left.Seconds} s" : $"{left.Seconds} s";
    }

    private static int Width() => TerminalCalls.Size(StandardError).Columns is var columns and > 0 ? columns : 80;
}
