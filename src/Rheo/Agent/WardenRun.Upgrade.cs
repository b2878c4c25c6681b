using Microsoft.Win32.SafeHandles;
using Rheo.Capture;
using Rheo.Cli;
using Rheo.Warden;

namespace Rheo.Agent;

/// <content>From one version to the next, in the same process: what the old one does, and what the new one.</content>
internal sealed partial class WardenRun
{
    /// <summary>The core before has its last answers to give, and to write down some MB.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Succession? _before;
    private readonly Successor _successor;
    private SafeFileHandle? _legacy; // what the core before wrote, until ours has it
    private (byte[] Words, int[] Descriptors) _doors = ([], []); // and where it listened

    private static int Rehearse(AgentOptions options, Succession before)
    {
        FlowHooks.Rehearse(Capture(options), before.Flow);
        return Successor.CanDoIt;
    }

    // From here on everything passes our programs. The old core reads what is left, writes down what it counted, and ends: only then does ours begin.
    private void Relieve(Succession before)
    {
        while (_hooks!.IsAttaching)
            _hooks.Apply();
        KernelQuiet.Await();
        using var core = CoreProcess.TakeOver(before.Core, before.Channel, Wake);
        _legacy = MemoryFile.Create();
        core.Send(WardenJson.Write(new WardenNews { HandOver = true }), (int)_legacy.DangerousGetHandle());
        var end = core.AwaitEnd(Patience);
        _doors = core.TakeDoors();
        _say($"version {Release.Version} goes on where {before.From} was, without a gap; the core before {end}");
        Instruct(_keeper.Core!);
    }

    // Ours has its own of them by now.
    private void LetDoorsGo()
    {
        Descriptors.CloseAll(_doors.Descriptors);
        _doors = ([], []);
    }

    private void Upgrade(CoreProcess core, CancellationToken stop)
    {
        _systemd.Reloading("Another version takes over");
        core.Flush();
        try
        {
            new Succession
            {
                From = Release.Version, Flow = _hooks!.Inheritance, Parts = _parts!.Inheritance, Core = core.Id, Channel = core.ChannelDescriptor,
                Folder = _folder.Made,
            }.Begin(_successor, () => stop.IsCancellationRequested || _hangup.IsEnd);
        }
        catch (IOException failure)
        {
            _say($"not upgraded: {failure.Message}; version {Release.Version} goes on");
            _systemd.Ready(Status);
        }
    }
}
