using System.CommandLine;
using Rheo.Cli;
using Rheo.Cli.Settings;
using Rheo.Model;
using Xunit;

namespace Rheo.Tests.Cli;

public sealed class CommandLineTests : ICommands
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private FlowsOptions? _flows;
    private AgentOptions? _agent;
    private TopOptions? _top;
    private BenchOptions? _bench;

    [Fact]
    public void OptionsReachTheCommand()
    {
        Assert.Equal(0, Run("flows", "--duration", "10s", "-i", "eth*", "-i", "lo", "-o", "json", "--sort", "rtt", "--limit", "5"));

        Assert.Equal(TimeSpan.FromSeconds(10), _flows!.Duration);
        Assert.Equal(["eth*", "lo"], _flows.Interfaces);
        Assert.Equal(OutputFormat.Json, _flows.Output);
        Assert.Equal(ConversationOrder.HandshakeRtt, _flows.Order);
        Assert.Equal(5, _flows.Limit);
        Assert.False(_flows.Follow);
    }

    [Fact]
    public void AFileThatTheAgentWouldRefuseIsNotGood()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "listen: 0.0.0.0:9460\n");

            Assert.Equal(ExitCode.Usage, Run("config", "check", file));
            Assert.Contains($"{file}:1:9: listen: '0.0.0.0:9460' is not a loopback address", _error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void TrailingWordsAreTheFilterAsInTcpdump()
    {
        Assert.Equal(0, Run("flows", "--follow", "tcp", "and", "port", "443", "-i", "eth0"));

        Assert.Equal("tcp and port 443", _flows!.Filter.Text);
        Assert.Equal(["eth0"], _flows.Interfaces);
    }

    [Fact]
    public void AFilterInOneQuotedWordIsTheSame()
    {
        Assert.Equal(0, Run("flows", "tcp and (port 443 or port 80)"));

        Assert.Equal("tcp and (port 443 or port 80)", _flows!.Filter.Text);
    }

    [Fact]
    public void TopTakesTheSameOptionsAndSortsByRate()
    {
        Assert.Equal(0, Run("top", "-i", "lo", "--limit", "7", "--interval", "100ms", "udp"));

        Assert.Equal(ConversationOrder.RateTenSeconds, _top!.Order);
        Assert.Equal("udp", _top.Filter.Text);
        Assert.Equal((7, TimeSpan.FromMilliseconds(100), null), (_top.Limit, _top.Interval, _top.Frames));
        Assert.Equal(0, Run("top", "--sort", "bytes", "--frames", "2"));
        Assert.Equal((ConversationOrder.Bytes, 2), (_top.Order, _top.Frames));
    }

    [Fact]
    public void TheBenchTakesRatesWithUnitsAndToolsByName()
    {
        Assert.Equal(0, Run("bench", "--rates", "50k,1.5M,2000", "--only", "tcpdump,softflowd", "--duration", "300ms", "-o", "json"));

        Assert.Equal([50_000, 1_500_000, 2_000], _bench!.Rates);
        Assert.Equal(["tcpdump", "softflowd"], _bench.Only);
        Assert.Equal(TimeSpan.FromMilliseconds(300), _bench.Duration);
        Assert.Equal((3, ReportFormat.Json, "rheo-bench.json"), (_bench.Rounds, _bench.Output, _bench.File));
    }

    [Fact]
    public void TheBenchMeasuresThreeRatesIfNoneIsNamed()
    {
        Assert.Equal(0, Run("bench"));

        Assert.Equal([100_000, 300_000, 1_000_000], _bench!.Rates);
    }

    [Fact]
    public void TheAgentListensOnLoopbackUnlessTold()
    {
        Assert.Equal(0, Run("agent"));

        Assert.Equal("127.0.0.1:9460", _agent!.Listen.ToString());
    }

    [Theory]
    [InlineData("flows --folow", "did you mean '--follow'?")]
    [InlineData("flow", "did you mean 'flows'?")]
    [InlineData("flows -i", "Required argument missing for option: '-i'")]
    [InlineData("flows -o xml", "none of table, wide, json, yaml, csv")]
    [InlineData("flows -o 1", "none of table, wide, json, yaml, csv")]
    [InlineData("top --interval 1ms", "shorter than 50ms")]
    [InlineData("top --frames 0", "--frames: '0' is not a whole number")]
    [InlineData("flows --sort speed", "none of bytes, packets, rate, rtt, last, first")]
    [InlineData("flows --limit 0", "not a whole number")]
    [InlineData("flows --max-conversations 99999999", "from 1 to 16777216")]
    [InlineData("flows --duration 3x", "not a duration")]
    [InlineData("agent --listen 0.0.0.0:9460", "not a loopback address")]
    [InlineData("bench --rates 1k,fast", "no list of 1 to 16 rates")]
    [InlineData("bench --rates 100", "no list of 1 to 16 rates")]
    [InlineData("bench --only tcpdump,wireshark", "'wireshark' is none of tcpdump, dumpcap, softflowd")]
    [InlineData("bench --duration 1h", "not from 100ms to 10m")]
    [InlineData("bench --rounds 0", "from 1 to 100")]
    [InlineData("bench -o csv", "none of table, json")]
    [InlineData("config check a b", "rheo config check: unexpected argument 'b'")]
    [InlineData("config -o csv", "none of table, yaml, json")]
    [InlineData("agent --config /nowhere/at/all", "/nowhere/at/all: No such file or directory")]
    [InlineData("conns --follow --listening", "--follow and --listening do not go together")]
    [InlineData("conns interface:eth0", "column 1: found 'interface:eth0', expected a key that connections have (transport, ")]
    [InlineData("conns tcp and vlan 3", "column 9: found 'vlan', expected a term about connections")]
    [InlineData("drops tcp and rtt:1ms..", "column 9: found 'rtt:1ms..', expected a key that dropped packets have (interface, ")]
    [InlineData("drops -o xml", "none of table, wide, json, yaml, csv")]
    [InlineData("drops --by host", "none of place, reason, flow, process")]
    [InlineData("agent extra", "unexpected argument 'extra'")]
    [InlineData("", "a command is missing")]
    public void WrongUsageIsExplainedOnTheMessageStreamAndExitsWith2(string line, string expected)
    {
        Assert.Equal(ExitCode.Usage, Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
        Assert.Null(_flows);
    }

    [Fact]
    public void AWrongFilterIsShownWithACaretUnderTheColumn()
    {
        Assert.Equal(ExitCode.Usage, Run("flows", "tcp", "and", "prt", "443"));

        Assert.Contains("\n  tcp and prt 443\n          ^", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ControlCharactersInArgumentsDoNotReachTheTerminal()
    {
        Assert.Equal(ExitCode.Usage, Run("flows", "-o", "\e[31m"));

        Assert.DoesNotContain('\e', _error.ToString());
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void HelpHasThreeExamples(string line)
    {
        Assert.Equal(0, Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));

        var examples = _output.ToString().Split("Examples:")[1].Split("\n\n")[0];
        Assert.Equal(3, examples.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' '));
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void HelpFitsEightyColumnsButForExamplesThatAreToBeCopied(string line)
    {
        Assert.Equal(0, Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));

        var lines = _output.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.All(lines.Where(text => !text.Contains("rheo ", StringComparison.Ordinal) && !text.Contains("curl", StringComparison.Ordinal)), text => Assert.True(text.TrimEnd().Length <= 80, text));
        Assert.Contains(lines, text => text.StartsWith("Options:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AllCommands))]
    public void HelpSpeaksInTheWordsThatAreTyped(string line)
    {
        Assert.Equal(0, Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]));

        Assert.DoesNotContain("[default:", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotMatch("<[^>]*[|]", _output.ToString());
    }

    [Fact]
    public void HelpNamesEveryKeyOfTheFilter()
    {
        Assert.Equal(0, Run("flows", "--help"));

        var known = Assert.Throws<FilterException>(() => FlowFilter.Parse("nothing:1")).Expected.Split('(', ')')[1];
        Assert.Contains(": " + known + ";", string.Join(' ', _output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent", "RHEO\\-AGENT")]
    [InlineData("rheo-agent", "RHEO\\-AGENT")]
    [InlineData("config-check", "RHEO\\-CONFIG\\-CHECK")]
    [InlineData("rheo.yaml", "RHEO.YAML")]
    public void AManualPageIsFoundByTheNameThatAReaderTypes(string name, string title)
    {
        Assert.Equal(0, Run("man", name));

        Assert.StartsWith(".TH " + title + " ", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flows")]
    [InlineData("top")]
    [InlineData("agent")]
    public void HelpStatesTheMemoryBound(string command)
    {
        Assert.Equal(0, Run(command, "--help"));

        Assert.Contains("--max-conversations (default 131072", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(131_072, new FlowsOptions().MaxConversations);
    }

    [Fact]
    public void TheVersionIsData()
    {
        Assert.Equal(0, Run("--version"));

        Assert.Matches(@"^\d+\.\d+\.\d+\r?\n$", _output.ToString());
    }

    public static TheoryData<string> AllCommands() =>
        [.. All(CommandLine.Build(new CommandLineTests(), Nothing)).Select(command => CommandLine.FullName(command)["rheo".Length..].Trim())];

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static readonly Surroundings Nothing = new(new Dictionary<string, string>()) { UsualFile = "/nowhere" };

    private int Run(params string[] args) => CommandLine.Run(args, this, _output, _error, Nothing);

    int ICommands.Flows(FlowsOptions options)
    {
        _flows = options;
        return 0;
    }

    int ICommands.Doctor(DoctorOptions options) => 0;

    int ICommands.Cost(CostOptions options) => 0;

    int ICommands.Top(TopOptions options)
    {
        _top = options;
        return 0;
    }

    int ICommands.Bench(BenchOptions options)
    {
        _bench = options;
        return 0;
    }

    int ICommands.Config(ConfigOptions options) => 0;

    int ICommands.Drops(DropsOptions options) => 0;

    int ICommands.Conns(ConnsOptions options) => 0;

    int ICommands.Agent(AgentOptions options)
    {
        _agent = options;
        return 0;
    }
}
