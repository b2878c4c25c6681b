using System.Text;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Terminal;

namespace Rheo.Tests.Hostile;

/// <summary>The command line with commands that do nothing, but for <c>rheo config</c>, which prints the settings as it always does.</summary>
internal sealed class RecordedCommands : ICommands
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _settings = new();

    /// <summary>What went to stdout.</summary>
    public string Output => _output.ToString() + Encoding.UTF8.GetString(_settings.ToArray());

    /// <summary>What went to stderr.</summary>
    public string Error => _error.ToString();

    /// <summary>The options of the last agent that was asked for.</summary>
    public AgentOptions? Started { get; private set; }

    /// <summary>The options of the last doctor that was asked for.</summary>
    public DoctorOptions? Examined { get; private set; }

    /// <summary>Reads a command line where there are no variables, and gives the exit code.</summary>
    public int Run(params string[] words) => Run(words, new Dictionary<string, string>());

    /// <summary>Reads a command line, and gives the exit code.</summary>
    public int Run(string[] words, IReadOnlyDictionary<string, string> variables)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        _settings.SetLength(0);
        return CommandLine.Run(words, this, _output, _error, new Surroundings(variables) { UsualFile = "/nowhere/rheo.yaml" });
    }

    public int Flows(FlowsOptions options) => 0;

    public int Top(TopOptions options) => 0;

    public int Agent(AgentOptions options)
    {
        Started = options;
        return 0;
    }

    public int Doctor(DoctorOptions options)
    {
        Examined = options;
        return 0;
    }

    public int Cost(CostOptions options) => 0;

    public int Config(ConfigOptions options)
    {
        ConfigRun.Run(options, _settings, Screen.None);
        return 0;
    }

    public int Drops(DropsOptions options) => 0;

    public int Conns(ConnsOptions options) => 0;

    public int Bench(BenchOptions options) => 0;
}
