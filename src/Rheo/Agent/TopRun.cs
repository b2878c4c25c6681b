using System.Diagnostics;
using Rheo.Cli;
using Rheo.Model;
using Rheo.Terminal;
using Rheo.Terminal.Live;
using Rheo.Terminal.Top;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo top</c> on a terminal: draws after each scan and after each key.</summary>
internal sealed class TopRun
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly TopOptions _options;
    private readonly FullScreen _screen;
    private readonly KeyReader _keys;
    private readonly TopView _view;
    private TopState _state;
    private TopSnapshot _snapshot;
    private TopSnapshot? _frozen;
    private volatile ITrafficSource? _source;
    private volatile bool _stale = true;
    private long _drawn;
    private long _drawnNs;

    /// <summary>Takes over the terminal and draws the first frame, which says what is being waited for.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="terminal">The terminal's descriptor.</param>
    /// <param name="output">Where to draw.</param>
    /// <param name="styled">Whether in colour.</param>
    /// <param name="glyphs">The characters to draw with.</param>
    private TopRun(TopOptions options, int terminal, Stream output, bool styled, Glyphs glyphs)
    {
        _options = options;
        _view = new TopView(glyphs);
        _state = new TopState { Order = options.Order, Filter = options.Filter, Grouping = options.By };
        _snapshot = new TopSnapshot { Activity = "loading the programs", Interfaces = new InterfaceNames(index => $"if{index}") };
        _screen = FullScreen.TryOpen(terminal, output, styled, Changed) ?? throw new IOException("this is no terminal");
        Draw();
        _keys = new KeyReader(terminal, Changed);
    }

    /// <summary>Runs until somebody quits, a stop is asked for, or the terminal goes away; then says what was seen.</summary>
    public static void Run(
        TopOptions options, Func<TrafficSourceOptions, ITrafficSource> open, int terminal, Stream output, bool styled, Glyphs glyphs,
        TextWriter messages, CancellationToken stop)
    {
        var run = new TopRun(options, terminal, output, styled, glyphs);
        using var screen = run._screen;
        // At once, from the thread that hears the signal: whatever happens then, the terminal is as it was.
        using var closing = stop.Register(screen.Close);
        run.Watch(open, messages, stop);
    }

    private void Watch(Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        using var source = open(new TrafficSourceOptions
        {
            Interfaces = _options.Interfaces,
            Parts = [OptionalParts.Socket],
            FlowsFirst = true,
            Table = new ConversationTableOptions { MaxConversations = _options.MaxConversations },
            ScanInterval = _options.Interval ?? Interval,
            GivesUpRights = true,
        });
        _source = source;
        using var wake = stop.Register(source.Wake);
        try
        {
            source.Scan();
            Loop(source, new TopReader(source, _options.Limit ?? TopOptions.DefaultLimit), stop);
        }
        finally
        {
            // Detaching takes its time; the terminal is given back first.
            _screen.Close();
        }

        new RunReport("rheo top", source, messages, since).End();
        if (source.Ended is { } reason)
            throw new IOException(reason);
    }

    private void Loop(ITrafficSource source, TopReader reader, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_state.IsDone && !_keys.HasEnded && source.Ended is null)
        {
            if (_stale || (source.ScannedNs != _drawnNs && IsTime))
                Update(source, reader);
            source.Poll(TimeSpan.FromSeconds(1));
        }
    }

    // An agent may scan more often than a picture is wanted; a tenth, since no scan is on the dot.
    private bool IsTime => _drawn == 0 || _options.Interval is not { } interval || Stopwatch.GetElapsedTime(_drawn) >= interval * 0.9;

    private void Update(ITrafficSource source, TopReader reader)
    {
        _stale = false;
        _drawn = Stopwatch.GetTimestamp();
        _drawnNs = source.ScannedNs;
        var page = _view.Page(_screen.Size);
        while (_keys.TryTake(out var key))
            _state = _state.Press(key, _snapshot.Rows, page);
        reader.Sample(_state);
        _frozen = !_state.IsPaused ? null : _frozen?.Grouping == _state.Grouping ? _frozen : reader.ReadAll(_state);
        _snapshot = _frozen is null ? reader.Read(_state, page) : Still(_frozen);
        if (_state.IsRedraw)
            _screen.Redraw();
        _state = _view.Settled(_snapshot, _screen.Size, _state);
        Draw();
    }

    private TopSnapshot Still(TopSnapshot frozen)
    {
        var arranged = frozen.Arranged(_state.Order, _state.Filter);
        return arranged with { Selected = arranged.Rows.FirstOrDefault(row => row.Flow.Id == _state.Selected) ?? frozen.Selected };
    }

    private void Draw() => _screen.Show(_view.Render(_snapshot, _screen.Size, _state));

    // From any thread: a key, another size, a terminal that is ours again.
    private void Changed()
    {
        _stale = true;
        if (_source is { } source)
            source.Wake();
    }
}
