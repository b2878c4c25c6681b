using Rheo.Cli;

namespace Rheo.Agent;

/// <summary>Opens what a command watches: a running agent's where it may be, else its own.</summary>
internal static class SourceChooser
{
    /// <summary>The way to open a traffic source that follows this choice.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="own">Opens a source of our own.</param>
    /// <param name="say">Takes a line for people, when an agent is there and cannot be used.</param>
    public static Func<TrafficSourceOptions, ITrafficSource> Of(AgentChoice choice, Func<TrafficSourceOptions, ITrafficSource> own, Action<string> say) =>
        options => Open(choice, path => RemoteSource.Open(path, options), () => own(options), say);

    /// <summary>Opens a source of any kind.</summary>
    /// <param name="choice">What was asked for.</param>
    /// <param name="remote">Opens that of the agent at a path; <see cref="AgentException"/> where it cannot be used.</param>
    /// <param name="own">Opens one of our own.</param>
    /// <param name="say">Takes a line for people, when an agent is there and cannot be used.</param>
    public static T Open<T>(AgentChoice choice, Func<string, T> remote, Func<T> own, Action<string> say)
        where T : class?
    {
        if (choice.IsNever)
            return own();
        return choice.Path is { } path ? remote(path) : TryOpen(remote, say) ?? own();
    }

    private static T? TryOpen<T>(Func<string, T> remote, Action<string> say)
        where T : class?
    {
        try
        {
            return remote(SocketPath.Default);
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
