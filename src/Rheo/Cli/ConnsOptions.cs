using Rheo.Model;
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

    /// <summary>Also those that ended in order while it watched.</summary>
    public bool All { get; init; }

    /// <summary>Only those of this process.</summary>
    public int? Pid { get; init; }

    /// <summary>Only those of containers whose id begins so.</summary>
    public string? Container { get; init; }

    /// <summary>Only those in this state.</summary>
    public ConnectionState? State { get; init; }

    /// <summary>Only those of which something takes longer.</summary>
    public TimeSpan? Slow { get; init; }

    /// <summary>Only those that have sent something again.</summary>
    public bool Retransmitting { get; init; }

    /// <summary>The shape of the output.</summary>
    public OutputFormat Output { get; init; }

    /// <summary>Print at most so many; null: all.</summary>
    public int? Limit { get; init; }

    /// <summary>What else to show.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.All;
}
