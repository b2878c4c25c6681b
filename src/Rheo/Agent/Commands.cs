using System.Net.Sockets;
using System.Text;
using Rheo.Bench;
using Rheo.Cli;
using Rheo.Terminal;
using Rheo.Terminal.Live;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>Runs what the command line asked for and turns failures into messages and exit codes.</summary>
/// <param name="open">Opens the traffic source that a command watches.</param>
/// <param name="messages">Where messages go.</param>
/// <param name="agent">Runs the agent and gives its exit code; null: in this process alone.</param>
public sealed class Commands(
    Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, Func<AgentOptions, TextWriter, CancellationToken, int>? agent = null) : ICommands
{
    /// <inheritdoc/>
    public int Flows(FlowsOptions options) => Guarded("rheo flows", stop =>
    {
        using var output = StandardOutput.Open();
        FlowsRun.Run(options, SourceChooser.Of(options.Agent, open, line => Say("rheo flows", line, ExitCode.Success)), output, Screen.OfStandardOutput(), messages, stop);
    });

    /// <inheritdoc/>
    public int Top(TopOptions options) => options.Frames is null ? LiveTop(options) : Guarded("rheo top", stop =>
    {
        using var output = StandardOutput.Open();
        TopPrint.Run(options, SourceChooser.Of(options.Agent, open, line => Say("rheo top", line, ExitCode.Success)), output, Screen.OfStandardOutput(), Glyphs.OfEnvironment(), messages, stop);
    });

    /// <inheritdoc/>
    public int Agent(AgentOptions options)
    {
        var code = ExitCode.Success;
        var failed = Guarded("rheo agent", stop =>
        {
            if (agent is null)
                AgentRun.Run(options, open, messages, stop);
            else
                code = agent(options, messages, stop);
        }, hangupStops: false);
        return failed != ExitCode.Success ? failed : code;
    }

    /// <summary>Standard output (1) or standard error (2) for text, each piece of which goes out at once.</summary>
    public static TextWriter OpenText(int descriptor) =>
        TextWriter.Synchronized(new StreamWriter(StandardOutput.ForText(descriptor), new UTF8Encoding(false)) { AutoFlush = true });

    /// <summary>The running kernel, for a command that does all by itself: once it is attached, the calling thread keeps what new interfaces need, if it gives up the rest.</summary>
    public static ITrafficSource OpenAlone(TrafficSourceOptions options)
    {
        var source = FlowCaptureSource.Open(options);
        if (options.GivesUpRights)
            ThreadRights.Keep(ThreadRights.Warden);
        return source;
    }

    /// <summary>The agent as two processes: this one becomes the warden.</summary>
    public static int Warden(AgentOptions options, TextWriter messages, CancellationToken stop) => WardenRun.Run(options, messages, stop);

    /// <inheritdoc/>
    public int Doctor(DoctorOptions options)
    {
        var code = ExitCode.Failure;
        var ended = Guarded("rheo doctor", _ =>
        {
            using var output = StandardOutput.Open();
            code = DoctorRun.Run(options, output, Screen.OfStandardOutput());
        });
        return ended == ExitCode.Success ? code : ended;
    }

    /// <inheritdoc/>
    public int Cost(CostOptions options) => Guarded("rheo cost", stop =>
    {
        using var output = StandardOutput.Open();
        CostRun.Run(options, open, output, Screen.OfStandardOutput(), messages, stop);
    });

    /// <inheritdoc/>
    public int Config(ConfigOptions options) => Guarded("rheo config", _ =>
    {
        using var output = StandardOutput.Open();
        ConfigRun.Run(options, output, Screen.OfStandardOutput());
    });

    /// <inheritdoc/>
    public int Drops(DropsOptions options) => Guarded("rheo drops", stop =>
    {
        using var output = StandardOutput.Open();
        DropsRun.Run(options, output, Screen.OfStandardOutput(), messages, stop);
    });

    /// <inheritdoc/>
    public int Conns(ConnsOptions options) => Guarded("rheo conns", stop =>
    {
        using var output = StandardOutput.Open();
        ConnsRun.Run(options, output, Screen.OfStandardOutput(), messages, stop);
    });

    /// <inheritdoc/>
    public int Bench(BenchOptions options) => Guarded("rheo bench", stop =>
    {
        using var output = StandardOutput.Open();
        BenchRun.Run(options, output, Screen.OfStandardOutput(), messages, stop);
    });

    private int LiveTop(TopOptions options)
    {
        if (LiveTerminal.Refusal() is { } why)
            return Say("rheo top", why + "; for a pipe or a file: rheo top --frames 1, or rheo flows --follow", ExitCode.Usage);
        return Guarded("rheo top", stop =>
        {
            using var output = StandardOutput.Open();
            TopRun.Run(options, SourceChooser.Of(options.Agent, open, _ => { }), LiveTerminal.Input, output, LiveTerminal.IsStyled, Glyphs.OfEnvironment(), messages, stop);
        });
    }

    private int Guarded(string name, Action<CancellationToken> run, bool hangupStops = true)
    {
        using var stop = new StopSignal(hangupStops);
        try
        {
            run(stop.Token);
            return ExitCode.Success;
        }
        catch (MissingSupportException missing)
        {
            return Say(name, missing.Message, ExitCode.MissingSupport);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Say(name, "interrupted before there was a result; everything that it made is taken away", ExitCode.Failure);
        }
        catch (IOException failure) when (StandardOutput.ReaderHasGone(failure))
        {
            return ExitCode.Success;
        }
        catch (Exception failure) when (IsOfTheWorld(failure))
        {
            return Path.Exists("/proc/self")
                ? Say(name, failure.Message, ExitCode.Failure)
                : Say(name, failure.Message + "; /proc is not there: mount -t proc proc /proc", ExitCode.MissingSupport);
        }
        catch (Exception fault)
        {
            return Say(name, "this is a fault of Rheo, please report it: " + fault, ExitCode.Failure);
        }
    }

    private static bool IsOfTheWorld(Exception failure) =>
        failure is BenchException or UnknownInterfaceException or IOException or UnauthorizedAccessException or SocketException;

    private int Say(string name, string message, int code)
    {
        foreach (var line in message.Split('\n'))
            messages.WriteLine($"{name}: {Text.Printable(line.TrimEnd())}");
        return code;
    }
}
