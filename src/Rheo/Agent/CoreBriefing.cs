using Rheo.Capture;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>What a core is told of the hooks: all there is when it begins, and from then on what is new. Threads: one.</summary>
internal sealed class CoreBriefing
{
    /// <summary>Interfaces told in one message: some 200 bytes each.</summary>
    private const int MostTold = 100;

    /// <summary>Lines told in one message, of at most so many characters each, which JSON may make longer.</summary>
    private const int MostLines = 32, LongestLine = 1000;

    private readonly List<InterfaceNews> _interfaces = [];
    private FlowHooks? _hooks;
    private WarningLog _warnings = new();
    private int _warned;
    private bool _toldAttaching = true;
    private InterferenceState _toldInterference = InterferenceState.None;
    private ProgramSample _toldSample = ProgramSample.None;

    /// <summary>No interface came, went or changed since the last round.</summary>
    internal bool IsCalm => _interfaces.Count == 0;

    /// <summary>An interface came, went or changed.</summary>
    internal void Add(InterfaceNews news) => _interfaces.Add(news);

    /// <summary>The hooks are there. What was heard of them by now is among all there is.</summary>
    internal void Begin(FlowHooks hooks, WarningLog warnings)
    {
        (_hooks, _warnings) = (hooks, warnings);
        _interfaces.Clear();
    }

    /// <summary>Tells all there is to a core that knows nothing yet.</summary>
    internal void TellAll(CoreProcess core)
    {
        Tell(core, _hooks!.Everything);
        (_warned, _toldAttaching) = (0, !_hooks.IsAttaching);
        Tell(core, Changes()!);
    }

    /// <summary>Tells what is new since the last round. While there is no core, the next one is told everything anyway.</summary>
    internal void TellNews(CoreProcess? core)
    {
        if (core is not null)
        {
            Tell(core, _interfaces);
            if (Changes() is { } news)
                Tell(core, news);
        }

        _interfaces.Clear();
    }

    /// <summary>The same in messages that are not too long: a host may have hundreds of programs at its hooks, each with a line of its own.</summary>
    internal static IEnumerable<WardenNews> Pieces(WardenNews news)
    {
        foreach (var some in (news.Warnings ?? []).Chunk(MostLines))
            yield return new WardenNews { Warnings = [.. some.Select(line => line.Length > LongestLine ? line[..LongestLine] : line)] };
        foreach (var some in (news.Interference?.Present ?? []).Chunk(MostLines))
            yield return new WardenNews { InTheWay = some };
        yield return news with { Warnings = null, Interference = news.Interference is { } all ? all with { Present = [] } : null };
    }

    private static void Tell(CoreProcess core, WardenNews news)
    {
        foreach (var piece in Pieces(news))
            core.Send(WardenJson.Write(piece));
    }

    private static void Tell(CoreProcess core, IEnumerable<InterfaceNews> interfaces)
    {
        foreach (var some in interfaces.Chunk(MostTold))
            core.Send(WardenJson.Write(new WardenNews { Interfaces = some }));
    }

    private WardenNews? Changes()
    {
        var hooks = _hooks!;
        var warnings = _warnings.Lines;
        if (warnings.Count == _warned && hooks.IsAttaching == _toldAttaching
            && ReferenceEquals(hooks.Interference, _toldInterference) && ReferenceEquals(hooks.Sample, _toldSample))
            return null;
        var news = new WardenNews
        {
            Warnings = [.. warnings.Skip(_warned)], IsAttaching = hooks.IsAttaching, Interference = hooks.Interference, Sample = hooks.Sample,
        };
        (_warned, _toldAttaching) = (warnings.Count, hooks.IsAttaching);
        (_toldInterference, _toldSample) = (hooks.Interference, hooks.Sample);
        return news;
    }
}
