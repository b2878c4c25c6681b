using System.Diagnostics;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// Measures what the programs cost that a Rheo has attached, those of every object: the kernel keeps statistics as long as this lives. Needs CAP_SYS_ADMIN. The figure holds part of
/// what the measuring itself takes (two readings of the clock a run).
/// </summary>
public sealed class CostMeter : IDisposable
{
    private readonly StatisticsSwitch _switch;
    private readonly IReadOnlyList<(string Role, int Id)> _processes;
    private readonly Dictionary<uint, LoadedProgram> _before;
    private readonly Dictionary<int, double> _cpuBefore;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly bool _isAgent;

    private CostMeter(StatisticsSwitch on, IReadOnlyList<LoadedProgram> programs, IReadOnlyList<(string Role, int Id)> processes, bool isAgent)
    {
        (_switch, _processes, _isAgent) = (on, processes, isAgent);
        var attached = processes.SelectMany(process => BpfHolders.Attached(process.Id));
        _before = programs.Select(program => program.Id).Concat(attached).Distinct()
            .Select(LoadedProgram.Find).OfType<LoadedProgram>().ToDictionary(program => program.Id);
        _cpuBefore = processes.ToDictionary(process => process.Id, process => ProcessUse.CpuSecondsOf(process.Id));
    }

    /// <summary>Begins to measure an agent. Null: there is none such.</summary>
    /// <param name="isIts">Whether a process, by its id, is one of that agent.</param>
    /// <exception cref="MissingSupportException">The kernel does not let us measure.</exception>
    public static CostMeter? OfAgent(Func<int, bool> isIts)
    {
        foreach (var programs in LoadedRheos.Find())
        {
            var processes = BpfHolders.Of(programs);
            if (processes.Any(process => isIts(process.Id)))
                return new CostMeter(TurnOn(), programs, processes, isAgent: true);
        }

        return null;
    }

    /// <summary>Begins to measure the capture of this process.</summary>
    /// <exception cref="MissingSupportException">The kernel does not let us measure, or there is no such capture.</exception>
    public static CostMeter OfThisProcess()
    {
        var own = LoadedRheos.Find().FirstOrDefault(programs => BpfHolders.Of(programs).Any(process => process.Id == Environment.ProcessId))
            ?? throw new MissingSupportException("the programs that were loaded are not found in the kernel");
        return new CostMeter(TurnOn(), own, [("rheo cost", Environment.ProcessId)], isAgent: false);
    }

    /// <summary>What it cost up to now.</summary>
    public CostReport Read()
    {
        var seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        var programs = _before.Values.Select(Since).OfType<ProgramCost>().OrderByDescending(program => program.RunTimeNs).ToList();
        var processes = _processes.Select(process => new ProcessCost(
            process.Role, process.Id, Math.Max(0, ProcessUse.CpuSecondsOf(process.Id) - _cpuBefore[process.Id]),
            ProcessUse.Of(process.Role, process.Id)?.ResidentBytes ?? 0)).ToList();
        return new CostReport(_isAgent, seconds, programs, processes);
    }

    /// <summary>The kernel stops to keep statistics for us.</summary>
    public void Dispose() => _switch.Dispose();

    private static ProgramCost? Since(LoadedProgram before) => LoadedProgram.Find(before.Id) is { } now
        ? new ProgramCost(now.Name, now.Id, now.Statistics.RunCount - before.Statistics.RunCount, now.Statistics.RunTimeNs - before.Statistics.RunTimeNs)
        : null;

    private static StatisticsSwitch TurnOn()
    {
        try
        {
            return StatisticsSwitch.TurnOn();
        }
        catch (BpfException refused)
        {
            throw new MissingSupportException(refused.Message, refused);
        }
    }
}
