using System.Text.Json;
using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Sinks;

namespace Rheo.Agent;

/// <summary>A running agent's drops: what its API tells, read back.</summary>
internal sealed class RemoteDrops : IDropSource
{
    /// <summary>As many as the API gives.</summary>
    private const int GreatestLimit = 20_000;

    private readonly string _path;
    private readonly FlowFilter? _filter;
    private readonly bool _withFlows;

    private RemoteDrops(string path, FlowFilter? filter, bool withFlows)
    {
        (_path, _filter, _withFlows) = (path, filter, withFlows);
        Before = Read();
    }

    /// <inheritdoc/>
    public string Through => $" through the agent at {_path}";

    /// <inheritdoc/>
    public DropSnapshot Before { get; }

    /// <summary>Connects, and sees that the agent has the answer.</summary>
    /// <param name="path">The agent's socket.</param>
    /// <param name="filter">Of which flows they are wanted; null: of all.</param>
    /// <param name="withFlows">Whether flows are wanted at all.</param>
    /// <exception cref="AgentException">There is no agent, or none that has the answer.</exception>
    public static RemoteDrops Open(string path, FlowFilter? filter, bool withFlows) => new(AgentStatus.Ask(path).Path, filter, withFlows);

    /// <inheritdoc/>
    public DropSnapshot Read()
    {
        var places = Ask("by=place", DropParser.Read);
        return _withFlows ? places with { Flows = Ask("by=flow" + Filter, DropParser.Read).Flows } : places;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private string Filter => _filter is null ? "" : "&filter=" + Uri.EscapeDataString(_filter.Text);

    private DropSnapshot Ask(string what, Func<JsonElement, DropSnapshot?> read)
    {
        var drops = AgentAnswer.Read(_path, $"/api/v1/drops?all=true&limit={GreatestLimit}&{what}", read)
            ?? throw new AgentException($"the agent at {_path} does not watch what is dropped", isQuiet: false);
        return drops.Places.Count + drops.Flows.Count < GreatestLimit
            ? drops
            : throw new AgentException($"the agent at {_path} tells {GreatestLimit} rows at most, and there are more", isQuiet: false);
    }
}
