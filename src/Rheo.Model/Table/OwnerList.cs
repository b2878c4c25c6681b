using Rheo.Model.Owners;

namespace Rheo.Model.Table;

/// <summary>The processes that share a socket; equal lists are one object, however many conversations have it.</summary>
internal sealed class OwnerList(IReadOnlyList<SocketProcess> processes, OwnerAccount account)
{
    public IReadOnlyList<SocketProcess> Processes => processes;

    /// <summary>Where the first of them, who used the socket last, is counted.</summary>
    public OwnerAccount Account { get; set; } = account;
}
