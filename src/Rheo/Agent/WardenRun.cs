using System.Text;
using Rheo.Capture;
using Rheo.Cli;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>One run of the warden: <c>rheo agent</c> itself, which loads and attaches and keeps a core that does all the rest.</summary>
internal sealed partial class WardenRun : IDisposable
{
    /// <summary>Nothing else wakes us but this and news, unless the hooks want to be looked after before.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    /// <summary>While something could not be sent.</summary>
    private static readonly TimeSpan BackedUp = TimeSpan.FromSeconds(1);

    private readonly Action<string> _say;
    private readonly ServiceManager _systemd = new(Environment.GetEnvironmentVariable);
    private readonly HangupSignal _hangup;
    private readonly UpgradeSignal _upgrade;
    private readonly AutoResetEvent _news = new(false); // a semaphore would spin before it sleeps, each second
    private readonly CoreLauncher _launcher;
    private readonly CoreKeeper _keeper;
    private readonly CoreFolder _folder;
    private readonly MemoryTrim _trim = new(worthwhile: 1024 * 1024);
    private readonly LentFiles _lent;
    private readonly CoreBriefing _briefing = new();
    private AgentOptions _options;
    private FlowHooks? _hooks;
    private PartLoader? _loader;
    private PartHooks? _parts; // null until they are loaded
    private bool _toldReady;

    private WardenRun(AgentOptions options, TextWriter messages, Succession? before)
    {
        (_options, _before) = (options, before);
        Successor.HearHangupsAlone();
        _say = Voice(messages);
        _hangup = new HangupSignal(Wake);
        _upgrade = new UpgradeSignal(Wake);
        _lent = new LentFiles(_say, options.TokenFile, options.TlsKey, options.TlsCert);
        var user = CoreUser.Choose(options.User);
        _folder = CoreFolder.Make(options.Socket, user, before?.Folder);
        _successor = Successor.Create(ThreadRights.Warden | ThreadRights.Start | Asked);
        _launcher = CoreLauncher.Create(user);
        // The core starts while we load: both take most of the start.
        _keeper = new CoreKeeper(_launcher, [CoreRun.Word], Wake, _say);
        if (before is null)
            Instruct(_keeper.Core!);
    }

    /// <summary>Runs until a stop is asked for, or no core can run. Returns the exit code.</summary>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    /// <exception cref="UnknownInterfaceException">An interface asked for by name is not there.</exception>
    /// <exception cref="IOException">There can be no core.</exception>
    internal static int Run(AgentOptions options, TextWriter messages, CancellationToken stop)
    {
        var found = Succession.Find();
        if (found is { IsRehearsal: true })
            return Rehearse(options, found.Value.Succession);
        using var warden = new WardenRun(options, messages, found?.Succession);
        using var wake = stop.Register(warden.Wake);
        warden.Attach();
        return warden.Watch(stop).Code;
    }

    public void Dispose()
    {
        // Detached first: nothing stays attached without a reader.
        _loader?.Dispose();
        _parts?.Dispose();
        _hooks?.Dispose();
        _keeper.Dispose();
        _launcher.Dispose();
        _folder.Dispose();
        _lent.Dispose();
        _legacy?.Dispose();
        LetDoorsGo();
        _successor.Dispose();
        _upgrade.Dispose();
        _hangup.Dispose();
        _systemd.Dispose();
    }

    private void Attach()
    {
        // Begun while we have all rights. It waits until flows are read, but at an upgrade, where all that the version before left is taken over at once.
        _loader = PartLoader.Begin(AgentRun.Source(_options).Parts, Wake, _before?.Parts);
        if (_before is not null)
            _loader.Go();
        _hooks = FlowHooks.Open(Capture(_options), _briefing.Add, _before?.Flow, threadBegins: () => ThreadRights.Keep(0));
        _hooks.WakeBy(Wake);
        if (_before is not null)
        {
            Descriptors.CloseAll(_before.Flow.Maps.Values); // what of them is of use is held by ours
            _parts = _loader.Take();
        }

        ThreadRights.Keep(ThreadRights.Warden | Asked);
        Footprint.ShrinkLater();
        if (_before is not null)
            Relieve(_before);
        _briefing.Begin(_hooks, new WarningLog(() => _hooks.Warnings, () => _parts?.Warnings ?? []));
        Introduce(_keeper.Core!);
        _keeper.Greet = core =>
        {
            Instruct(core);
            Introduce(core);
        };
    }

    private CoreEnd Watch(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_hangup.IsEnd)
        {
            if (_keeper.Tend() is { } end)
                return end;
            if (_hangup.TakeReload())
                Reload();
            if (_upgrade.TakeIf(_keeper.Core is { WasReady: true } && _parts is not null && !_hooks!.IsAttaching))
                Upgrade(_keeper.Core!, stop);
            _hooks!.Apply();
            _hooks.Audit();
            TendParts();
            _trim.Look(isCalm: _briefing.IsCalm && !_hooks.IsAttaching);
            _briefing.TellNews(_keeper.Core);
            TellSystemd();
            if (!_hooks.IsAttaching)
                _news.WaitOne(UntilNextRound()); // one round answers all that has come
        }

        _systemd.Stopping();
        return _keeper.Stop(WardenJson.Write(new WardenNews { Stop = true }));
    }

    private void TendParts()
    {
        if (_parts is null && _keeper.Core is { WasReady: true })
            _loader!.Go();
        if (_parts is null && _loader!.IsDone)
        {
            _parts = _loader.Take();
            if (_keeper.Core is { } core)
                HandParts(core);
        }

        _parts?.Tend();
    }

    // A core that dies again and again does not count as alive: systemd then begins anew.
    private void TellSystemd()
    {
        if (_keeper.Core is not { WasReady: true })
            return;
        if (!_toldReady)
            _systemd.Ready(Status);
        _legacy?.Dispose(); // it was taken over; should this core die, the next one reads what stands in the tables
        _legacy = null;
        LetDoorsGo();
        _toldReady = true;
        _systemd.Alive();
    }

    /// <summary>How each line for people is printed: the words of a file among them, whatever they are.</summary>
    internal static Action<string> Voice(TextWriter messages) => line => messages.WriteLine("rheo agent: " + Text.Printable(line));

    private ulong Asked => _options.KeepsSysAdmin ? ThreadRights.SysAdmin : 0;

    private string Status => $"Serving {(_options.TlsCert is null ? "http" : "https")}://{_options.Listen}/";

    private void Reload()
    {
        _systemd.Reloading();
        var next = _options.Reread(_say);
        var news = WardenJson.Write(new WardenNews { Options = next }); // who watches through the core asks what it watches
        if (Channel.Refusal(news.Length) is { } refusal)
        {
            _say("not reloaded: " + refusal);
            _systemd.Ready(Status);
            return;
        }

        if (!next.Interfaces.SequenceEqual(_options.Interfaces) || !next.Exclude.SequenceEqual(_options.Exclude))
            _hooks!.Choose(next.Interfaces, next.Exclude);
        _options = next;
        _keeper.Core?.Send(news);
        _systemd.Ready(Status);
    }

    private static CaptureOptions Capture(AgentOptions options) => FlowCaptureSource.Capture(AgentRun.Source(options));

    // Never before it is time, since the wait has whole milliseconds.
    private TimeSpan UntilNextRound()
    {
        var most = _keeper.Core is { IsBackedUp: true } ? BackedUp : Round;
        var next = Shorter(Shorter(_hooks!.Patience, _trim.Patience), Shorter(_keeper.Due ?? most, most)) + TimeSpan.FromMilliseconds(1);
        return next < TimeSpan.Zero ? TimeSpan.Zero : next;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Instruct(CoreProcess core)
    {
        if (_doors.Descriptors.Length > 0)
            core.Send(WardenJson.Write(new WardenNews { Doors = Encoding.UTF8.GetString(_doors.Words) }), _doors.Descriptors);
        core.Send(WardenJson.Write(new WardenNews { Options = _options, Lent = _lent.Paths }), _lent.Descriptors);
    }

    // All there is, to a core that knows nothing yet. With the flow object it begins; the parts may come later.
    private void Introduce(CoreProcess core)
    {
        _briefing.TellAll(core);
        if (_legacy is { } legacy)
            core.Send(WardenJson.Write(new WardenNews { HasLegacy = true, SharesMaps = _hooks!.SharesMaps }), (int)legacy.DangerousGetHandle());
        Hand(core, _hooks!.Handed);
        if (_parts is not null)
            HandParts(core);
    }

    private void HandParts(CoreProcess core)
    {
        foreach (var handed in _parts!.Handed)
            Hand(core, handed);
        core.Send(WardenJson.Write(new WardenNews { HasAllParts = true }));
    }

    private static void Hand(CoreProcess core, HandedObject handed) =>
        core.Send(WardenJson.Write(new WardenNews { Handed = HandedNews.Of(handed) }), [.. handed.Descriptors.Values]);

    private void Wake() => _news.Set();
}
