using Rheo.Capture;
using Rheo.Model;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Asks for connections, or listeners.</summary>
internal sealed class ConnectionsQuestion(ConnectionQuestion question) : Question<ConnectionsAnswer>
{
    // Filters are equal when they read the same.
    private readonly ConnectionQuestion _unfiltered = question with { Choice = question.Choice with { Filter = FlowFilter.All } };

    /// <inheritdoc/>
    public override object Key => (_unfiltered, question.Choice.Filter.Text);

    /// <inheritdoc/>
    public override ConnectionsAnswer Answer(ITrafficSource source)
    {
        var owners = source.Part<ISocketOwners>();
        var list = source.Part<TcpCapture>() is { } tcp ? tcp.Table.Answer(question, tcp.NowNs, cookie => owners?.FindByCookie(cookie) ?? []) : null;
        return new ConnectionsAnswer(list, owners is not null);
    }
}
