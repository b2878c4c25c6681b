using System.Diagnostics;
using Rheo.Cli;
using Rheo.Journal;
using Rheo.Model;
using Rheo.Web;

namespace Rheo.Agent;

/// <summary>One run of <c>rheo agent</c>: from the port and the attachments to the clean end.</summary>
internal static class AgentRun
{
    /// <summary>Runs until a stop is asked for or the capture fails.</summary>
    public static void Run(
        AgentOptions options, Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, CancellationToken stop,
        IReadOnlyList<(string Role, int Id)>? processes = null, WardenLine? line = null)
    {
        var content = new AgentContent(() => Greeting(line?.Options ?? options));
        content.Processes = processes ?? content.Processes;
        // The port first, and meanwhile the capture: a port in use is found before anything is attached for long.
        var access = WebAccess.Load(options.TokenFile, options.TlsCert, options.TlsKey, options.Hosts);
        using var doors = new Doors(
            WebServer.Start(options.Listen, content.Web(), access, line?.Doors.Take(options.Listen.ToString())),
            AgentSocket.Offer(options.Socket, content, said => messages.WriteLine($"rheo agent: {Text.Printable(said)}"), line?.Doors));
        line?.Doors.CloseRest();
        Watch(options, open, messages, content, doors, line, stop);
    }

    // What is watched may be another than at the start: SIGHUP.
    private static JournalHello Greeting(AgentOptions options) => new()
    {
        Process = Environment.ProcessId, Namespace = AgentFit.Namespace, Interfaces = options.Interfaces, Exclude = options.Exclude,
    };

    /// <summary>The source that these options ask for.</summary>
    public static TrafficSourceOptions Source(AgentOptions options) => new()
    {
        Interfaces = options.Interfaces,
        Exclude = options.Exclude,
        Parts = [.. OptionalParts.All.Except(options.Without)],
        TableEntriesPerCpu = options.TableEntries,
        Table = new ConversationTableOptions { MaxConversations = options.MaxConversations },
        MaxConnections = options.MaxConnections,
        ScanInterval = options.ScanInterval,
        QuietInterval = TimeSpan.FromSeconds(Math.Min(1, 2 * options.ScanInterval.TotalSeconds)),
        SampleInterval = options.SampleInterval,
    };

    private static void Watch(
        AgentOptions options, Func<TrafficSourceOptions, ITrafficSource> open, TextWriter messages, AgentContent content,
        Doors doors, WardenLine? line, CancellationToken stop)
    {
        var ended = new EndCounts();
        var since = Stopwatch.GetTimestamp();
        using var source = open(Source(options) with { Ended = ended });
        var (server, socket) = (doors.Server, doors.Socket);
        var report = new RunReport("rheo agent", source, messages, since);
        report.Begin("until Ctrl-C or SIGTERM");
        messages.WriteLine($"rheo agent: serving {server.Scheme}://{server.Address}/{(socket is null ? "" : $" and {Text.Printable(socket.Path)}")}");
        var loop = new CaptureLoop(source, ended, content, report);
        content.Watch(loop, new InterfaceNames(source.InterfaceName), server);
        loop.Start();
        WaitForEnd(loop, stop);
        if (line is { IsToHandOver: true })
        {
            line.LeaveDoors(doors.Leave(options.Listen.ToString()));
            doors.Dispose(); // while it is still read: closing takes its time
        }

        loop.Stop();
        if (line is { IsToHandOver: true })
            line.HandOver();
        else
            report.End();
    }

    private static void WaitForEnd(CaptureLoop loop, CancellationToken stop)
    {
        try
        {
            loop.Ended.Wait(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (AggregateException failure) when (failure.InnerException is { } cause)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        }
    }
}
