using Microsoft.Extensions.Hosting;

namespace Rheo.Web;

/// <summary>Leaves signals alone: the agent hears them and stops the server itself.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
