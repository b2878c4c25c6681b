using Rheo.Model.Connections;

namespace Rheo.Agent;

/// <summary>What a run prints, and how much of it.</summary>
internal sealed class ConnsView(IConnectionWriter writer, int? limit)
{
    private int _printed;

    /// <summary>As many were printed as were asked for.</summary>
    public bool IsFull => _printed >= limit;

    /// <summary>Prints what opened or ended.</summary>
    public void Tell(Connection connection)
    {
        if (IsFull)
            return;
        writer.Write(connection);
        _printed++;
    }

    /// <summary>Prints all at once.</summary>
    public void Show(ConnectionList list)
    {
        foreach (var queue in list.Queues)
            writer.Write(queue);
        foreach (var connection in list.Connections)
            writer.Write(connection);
        writer.Flush();
    }

    /// <summary>Brings what was printed to the reader.</summary>
    public void Flush() => writer.Flush();
}
