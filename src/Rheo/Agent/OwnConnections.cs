using Rheo.Capture;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Connections as this process itself watches them.</summary>
internal sealed class OwnConnections : IConnectionSource
{
    private readonly ConnectionQuestion _question;
    private readonly ConnectionTable _table;
    private readonly TcpCapture _capture;
    private readonly SocketCapture? _owners;

    private OwnConnections(ConnectionQuestion question, TimeSpan duration, SocketCapture? owners)
    {
        (_question, _owners) = (question, owners);
        var usual = new ConnectionTableOptions();
        _table = new ConnectionTable(usual with { KeepEndedNs = Math.Max(usual.KeepEndedNs, (long)duration.TotalNanoseconds) });
        _capture = TcpCapture.Open(_table);
    }

    /// <summary>Loads and attaches. Whose a connection is can be left unknown, with one warning.</summary>
    /// <param name="question">What is asked for.</param>
    /// <param name="duration">For how long it is watched: what is over by then is told, too.</param>
    /// <param name="told">Is told what opens and ends; null: nobody follows.</param>
    /// <param name="warn">Takes a line for people.</param>
    /// <exception cref="MissingSupportException">The kernel or our rights do not suffice.</exception>
    public static OwnConnections Open(ConnectionQuestion question, TimeSpan duration, Action<Connection>? told, Action<string> warn)
    {
        var owners = Owners(warn);
        OwnConnections? source = null;
        try
        {
            source = new OwnConnections(question, duration, owners);
            source.Begin(told);
            return source;
        }
        catch
        {
            ((IDisposable?)source ?? owners)?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Poll() => _capture.Walk();

    /// <inheritdoc/>
    public ConnectionList Read() => _table.Answer(_question, _capture.NowNs, OwnersOf);

    /// <inheritdoc/>
    public void Dispose()
    {
        _capture.Dispose();
        _owners?.Dispose();
    }

    private static SocketCapture? Owners(Action<string> warn)
    {
        try
        {
            return SocketCapture.Open();
        }
        catch (MissingSupportException refused)
        {
            warn($"warning: processes are not known: {Text.Printable(refused.Message)}");
            return null;
        }
    }

    // What is there already is no news.
    private void Begin(Action<Connection>? told)
    {
        _capture.TellsOpened = told is not null;
        _capture.Walk();
        if (told is not null)
            _table.Opened = _table.Ended = connection => Tell(connection with { Processes = OwnersOf(connection.Figures.Cookie) }, told);
    }

    private void Tell(Connection connection, Action<Connection> told)
    {
        if (_question.Choice.Passes(connection))
            told(connection);
    }

    private IReadOnlyList<SocketProcess> OwnersOf(ulong cookie) => _owners?.FindByCookie(cookie) ?? [];
}
