using Rheo.Cli;

namespace Rheo.Agent;

/// <summary>Opens a traffic source for a command that runs for a while: a running agent's where it may be, else one of its own.</summary>
internal static class SourceChooser
{
    /// <summary>The way to open a source that follows this choice.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="own">Opens a source of our own.</param>
    /// <param name="say">Takes a line for people, when an agent is there and cannot be used.</param>
    public static Func<TrafficSourceOptions, ITrafficSource> Of(AgentChoice choice, Func<TrafficSourceOptions, ITrafficSource> own, Action<string> say)
    {
        if (choice.IsNever)
            return own;
        if (choice.Path is { } path)
            return options => RemoteSource.Open(path, options);
        return options => TryOpen(options, say) ?? own(options);
    }

    private static RemoteSource? TryOpen(TrafficSourceOptions options, Action<string> say)
    {
        try
        {
            return RemoteSource.Open(SocketPath.Default, options);
        }
        catch (AgentException unusable)
        {
            if (!unusable.IsQuiet)
                say($"{unusable.Message}; going on without it");
            return null;
        }
        catch (IOException)
        {
            return null; // its folder is closed to us: we are neither root nor the agent's user
        }
    }
}
