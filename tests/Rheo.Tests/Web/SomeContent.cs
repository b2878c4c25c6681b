using System.Text;
using Rheo.Model;
using Rheo.Web;

namespace Rheo.Tests.Web;

/// <summary>Content that shows what it was asked.</summary>
internal static class SomeContent
{
    public static WebContent Of(Func<string?>? trouble = null) => new()
    {
        Metrics = (output, open, cancel) => output.WriteAsync(Bytes(open ? "open" : "classic"), cancel).AsTask(),
        Flows = (query, _) => Task.FromResult<Answer?>(Says($$"""{"order":"{{query.Order}}","limit":{{query.Limit}}}""")),
        Connections = (query, _) => Task.FromResult<Answer?>(Says($"{query.Question.Choice with { Filter = FlowFilter.All }} {query.Question.Order} {query.Limit}")),
        Status = () => Says("{}"),
        Unhealthy = trouble ?? (() => null),
        NotReady = () => "not yet",
    };

    private static Answer Says(string text) => (output, cancel) => output.WriteAsync(Bytes(text), cancel).AsTask();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
