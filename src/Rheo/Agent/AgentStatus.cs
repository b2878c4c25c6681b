namespace Rheo.Agent;

/// <summary>A running agent that a command of this machine may use.</summary>
/// <param name="Path">Its socket.</param>
/// <param name="Processes">The ids of its processes.</param>
internal sealed record AgentStatus(string Path, IReadOnlyList<int> Processes)
{
    /// <summary>Asks the agent at a path who it is.</summary>
    /// <exception cref="AgentException">There is none, or it is not to be trusted, or it stands in another network namespace than we.</exception>
    public static AgentStatus Ask(string path)
    {
        if (SocketPath.Distrust(path) is { } distrust)
            throw new AgentException(distrust, isQuiet: false);
        var (space, processes) = AgentAnswer.Read(path, "/api/v1/status", status => status.TryGetProperty("processes", out var found)
            ? (status.GetProperty("netns").GetUInt32(), found.EnumerateArray().Select(process => process.GetProperty("pid").GetInt32()).ToList())
            : throw new InvalidDataException("its status names no processes"));
        return space == NetworkNamespaces.OwnInode()
            ? new AgentStatus(path, processes)
            : throw new AgentException($"the agent at {path} watches another network namespace", isQuiet: true);
    }
}
