using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>The core: the process that a warden starts, and nobody else. It reads what the warden attached, and serves it.</summary>
public static class CoreRun
{
    /// <summary>The word by which a warden calls it. No command: it stands in no help.</summary>
    public const string Word = "agent-core";

    /// <summary>Whether these are the arguments of a core.</summary>
    public static bool IsAsked(string[] arguments) => arguments is [Word];

    /// <summary>Runs until the warden asks for the end, or is gone. Returns the exit code.</summary>
    public static int Run(TextWriter messages)
    {
        try
        {
            Spawn.NameCore();
            SystemCallFilter.Enter();
        }
        catch (IOException refused)
        {
            messages.WriteLine("rheo agent: " + refused.Message);
            return ExitCode.MissingSupport;
        }

        using var line = new WardenLine(new Channel(Spawn.ChannelDescriptor));
        if (line.AwaitOptions() is not { } options)
            return ExitCode.Success;
        return new Commands(line.Open, messages, (_, _, stop) => Serve(line, options, messages, stop)).Agent(options);
    }

    private static int Serve(WardenLine line, Cli.AgentOptions options, TextWriter messages, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, line.Stop);
        try
        {
            AgentRun.Run(options, line.Open, messages, either.Token, [("warden", Spawn.Parent), ("core", Environment.ProcessId)], line);
        }
        catch (OperationCanceledException) when (line.IsDead)
        {
            return ExitCode.Success; // it could not attach, and has said so
        }

        if (line.IsDead)
            messages.WriteLine("rheo agent: the warden is gone, and everything is detached; ended");
        return ExitCode.Success;
    }
}
