using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;
using Rheo.Bpf;
using Rheo.Measured;

namespace Rheo.Bench;

/// <summary>Compares Rheo with the other tools of this machine, from the first namespace to the last figure.</summary>
internal sealed class Comparing
{
    private const int NotPermitted = 1;

    private readonly Plan _plan;
    private readonly Action<ComparisonStep> _tell;
    private readonly CancellationToken _stop;
    private int _done;
    private int _total;

    private Comparing(Plan plan, Action<ComparisonStep> tell, CancellationToken stop) => (_plan, _tell, _stop) = (plan, tell, stop);

    /// <summary>Measures. Threads: the main thread, since the programs that it starts end with the thread that started them.</summary>
    /// <param name="plan">What is asked for.</param>
    /// <param name="tell">Is told each step.</param>
    /// <param name="stop">Ends it within a few seconds; everything is cleaned up then too.</param>
    /// <exception cref="MissingSupportException">This machine cannot do it.</exception>
    /// <exception cref="BenchException">It failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Comparison Run(Plan plan, Action<ComparisonStep> tell, CancellationToken stop)
    {
        Requirements.Check();
        try
        {
            return new Comparing(plan, tell, stop).Run();
        }
        catch (BpfException refused)
        {
            throw refused.Errno == NotPermitted ? new MissingSupportException(refused.Message, refused) : new BenchException(refused.Message);
        }
        catch (BenchException) when (stop.IsCancellationRequested)
        {
            // Ctrl-C reaches the programs that we have started too.
            throw new OperationCanceledException(stop);
        }
        finally
        {
            Leftovers.RemoveOurs();
        }
    }

    private Comparison Run()
    {
        var machine = MachineFacts.Read();
        Tell("looking which tools run here");
        using var wire = Wire.Create();
        using var sink = new Sink(wire);
        using var source = new PacketSource(wire, FlowPattern.Hot);
        var roster = Roster.Try(wire, _plan.Only, _stop);
        _total = _plan.Rates.Count * _plan.Rounds * (roster.Ready.Count + 1);
        var measurement = new CostMeasurement(wire, source, _plan.Length, _stop);
        var results = _plan.Rates.Select(rate => measurement.At(rate, _plan.Rounds, roster.Ready, TellRows(rate))).ToArray();
        return new Comparison(
            Release.Version, machine, MachineFacts.LoadNow(), Layout(), roster.All,
            [.. results.Select(rounds => Summary.Of(rounds, roster.Ready))]);
    }

    private ComparisonLayout Layout() => new(
        _plan.Length.TotalSeconds, _plan.Rounds, FlowPattern.Hot.Flows, Frame.Length, Core.Sender, Core.Receiver, Core.IsShared);

    private Action<int, string> TellRows(int rate) => (round, row) =>
    {
        Tell($"{rate:N0} packets/s, round {round + 1} of {_plan.Rounds}: {row}");
        _done++;
    };

    private void Tell(string what) => _tell(new ComparisonStep(_done, _total, what));
}
