namespace Rheo.Cli;

/// <summary>What the commands do; given to the command line from outside. Each returns the exit code.</summary>
public interface ICommands
{
    /// <summary>Runs <c>rheo flows</c>.</summary>
    int Flows(FlowsOptions options);

    /// <summary>Runs <c>rheo top</c>.</summary>
    int Top(TopOptions options);

    /// <summary>Runs <c>rheo agent</c>.</summary>
    int Agent(AgentOptions options);

    /// <summary>Runs <c>rheo doctor</c>.</summary>
    int Doctor(DoctorOptions options);

    /// <summary>Runs <c>rheo cost</c>.</summary>
    int Cost(CostOptions options);

    /// <summary>Runs <c>rheo config</c>.</summary>
    int Config(ConfigOptions options);

    /// <summary>Runs <c>rheo drops</c>.</summary>
    int Drops(DropsOptions options);

    /// <summary>Runs <c>rheo conns</c>.</summary>
    int Conns(ConnsOptions options);

    /// <summary>Runs <c>rheo bench</c>.</summary>
    int Bench(BenchOptions options);
}
