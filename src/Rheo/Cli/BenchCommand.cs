using System.CommandLine;

namespace Rheo.Cli;

/// <summary>The command line of <c>rheo bench</c>.</summary>
internal static class BenchCommand
{
    private const int MostRounds = 100;

    private static readonly TimeSpan LongestDuration = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromMilliseconds(100);

    /// <summary>The names that <c>--only</c> knows.</summary>
    internal static readonly string[] Tools = ["tcpdump", "dumpcap", "softflowd"];

    private const string After =
        """
        Examples:
          sudo rheo bench                                 all tools that are installed, at three packet rates
          sudo rheo bench --rounds 1 --rates 100k         a first look
          sudo rheo bench --only tcpdump -o json | jq '.rates[].rows[] | {watcher, core_percent}'

        It makes two network namespaces joined by a virtual wire, sends packets over it, and lets each tool watch in turn. Nothing
        leaves the machine, a running agent is not touched, and everything is taken away again: at the end, on Ctrl-C, and what a
        run that was killed has left when the next one starts. One CPU makes the packets, another one receives and watches; both
        are busy meanwhile, so that figures of a machine that does other work mean little: look at the noise first.

        Cost is CPU time, kernel and user space together, beyond what receiving costs when nobody watches. How to read the table
        and the file: docs/bench.md.

        Exit codes: 0 done, 1 failure or interrupted, 2 usage, 3 missing rights, kernel support, a tool that it needs, or a second CPU.
        """;

    public static Command Build(Func<BenchOptions, int> run)
    {
        var usual = new BenchOptions();
        var duration = Time();
        var rounds = SharedOptions.Positive("--rounds", "Measure so often, all tools in turn (default 3)", MostRounds);
        var rates = PacketRates.Option();
        var only = Only();
        var output = SharedOptions.Report();
        var file = new Option<string>("--file") { Description = "Write the JSON document here (default rheo-bench.json)", HelpName = "PATH" };
        var command = new Command("bench", "Compare what watching costs here: rheo, tcpdump and the others that are installed")
        {
            duration, rounds, rates, only, output, file,
        };
        HelpWithExamples.Attach(command, After);
        command.SetAction(result => run(new BenchOptions
        {
            Duration = result.GetValue(duration) ?? usual.Duration,
            Rounds = result.GetValue(rounds) ?? usual.Rounds,
            Rates = result.GetValue(rates) is { Length: > 0 } asked ? asked : usual.Rates, // arrays are never null
            Only = result.GetValue(only) ?? [],
            Output = result.GetValue(output),
            File = result.GetValue(file) ?? usual.File,
        }));
        return command;
    }

    private static Option<string[]?> Only()
    {
        var only = new Option<string[]?>("--only")
        {
            Description = $"Compare with these only: {string.Join(", ", Tools)}; separated by commas",
            HelpName = "TOOLS",
            CustomParser = result =>
            {
                var words = SharedOptions.Word(result).Split(',', StringSplitOptions.TrimEntries);
                return words.FirstOrDefault(word => !Tools.Contains(word)) is { } unknown
                    ? SharedOptions.Refuse<string[]?>(result, $"--only: '{unknown}' is none of {string.Join(", ", Tools)}")
                    : words;
            },
        };
        only.CompletionSources.Add(Tools);
        return only;
    }

    private static Option<TimeSpan?> Time()
    {
        var time = SharedOptions.Time("--duration", "Measure each tool this long in each round, 100ms to 10m (default 3s)");
        time.Validators.Add(result =>
        {
            // Not the value: asked for where there is none, the library throws.
            if (result.Tokens.Count > 0 && Duration.TryParse(result.Tokens[^1].Value, out var given) && (given < ShortestDuration || given > LongestDuration))
                result.AddError($"--duration: '{result.Tokens[^1].Value}' is not from 100ms to 10m");
        });
        return time;
    }
}
