using Rheo.Capture;
using Rheo.Model.Connections;
using Rheo.Model.Owners;

namespace Rheo.Agent;

/// <summary>Asks for connections, or listeners.</summary>
internal sealed class ConnectionsQuestion(ConnectionQuestion question) : Question<ConnectionsAnswer>
{
    // Filters are equal when they read the same.
    private static readonly Rheo.Model.FlowFilter s_any = Rheo.Model.FlowFilter.All;

    /// <inheritdoc/>
    public override object Key => (question with { Choice = question.Choice with { Filter = s_any } }, question.Choice.Filter.Text);

    /// <inheritdoc/>
    public override ConnectionsAnswer Answer(ITrafficSource source)
    {
        var owners = source.Part<ISocketOwners>();
        return new ConnectionsAnswer(
            source.Part<TcpCapture>() is { } tcp ? tcp.Table.Answer(question, tcp.NowNs, cookie => owners?.FindByCookie(cookie) ?? []) : null,
            owners is not null);
    }
}
