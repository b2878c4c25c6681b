using Rheo.Model.Connections;

namespace Rheo.Cli;

/// <summary>What <c>rheo conns</c> was asked to do.</summary>
public sealed record ConnsOptions
{
    /// <summary>How long it watches when nothing is said: long enough to judge.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(2);

    /// <summary>Watch this long, then print; null: until Ctrl-C when following, else <see cref="DefaultDuration"/>.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Print connections as they open and end.</summary>
    public bool Follow { get; init; }

    /// <summary>Listeners and their queues instead of connections.</summary>
    public bool Listening { get; init; }

    /// <summary>Which connections, or listeners.</summary>
    public ConnectionChoice Choice { get; init; } = ConnectionChoice.Default;

    /// <summary>Which of them first.</summary>
    public ConnectionOrder Order { get; init; }

    /// <summary>The shape of the output.</summary>
    public OutputFormat Output { get; init; }

    /// <summary>Print at most so many; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether to watch through a running agent.</summary>
    public AgentChoice Agent { get; init; } = AgentChoice.Auto;
}
