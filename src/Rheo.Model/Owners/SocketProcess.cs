namespace Rheo.Model.Owners;

/// <summary>A process that has a socket: whose traffic it is. Texts are as the process chose them, so hostile; empty where unknown.</summary>
public sealed record SocketProcess
{
    /// <summary>The process (thread group) as the first process-id namespace numbers it.</summary>
    public required int Pid { get; init; }

    /// <summary>Name of the thread group, at most 15 bytes (comm).</summary>
    public required string Name { get; init; }

    /// <summary>Path of the program that it runs, as it was when it started.</summary>
    public string Executable { get; init; } = "";

    /// <summary>User in the first user namespace.</summary>
    public required uint Uid { get; init; }

    /// <summary>Id of the container, in full, as the cgroup's name says.</summary>
    public string Container { get; init; } = "";

    /// <summary>systemd unit or scope, as the cgroup's name says.</summary>
    public string Unit { get; init; } = "";
}
