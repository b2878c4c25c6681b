using System.Diagnostics;
using System.Text.Json;

namespace Rheo.Agent;

/// <summary>A JSON answer of a running agent.</summary>
internal static class AgentAnswer
{
    /// <summary>One that begins answers within this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="path">The agent's socket.</param>
    /// <param name="request">The path and query asked for.</param>
    /// <param name="read">Makes something of it; <see cref="InvalidDataException"/> where it cannot.</param>
    /// <exception cref="AgentException">There is no agent, or none that answers so.</exception>
    public static T Read<T>(string path, string request, Func<JsonElement, T> read)
    {
        using var connection = Connect(path, request);
        connection.Timeout = Patience;
        try
        {
            using var answer = JsonDocument.Parse(connection.ReadToEnd());
            return read(answer.RootElement);
        }
        catch (Exception failure) when (failure is (IOException and not AgentException) or InvalidDataException or JsonException)
        {
            throw new AgentException($"what serves {path} is no agent of this version: {Text.Printable(failure.Message)}", isQuiet: false, failure);
        }
    }

    private static AgentConnection Connect(string path, string request)
    {
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(Pause))
        {
            try
            {
                return AgentConnection.Get(path, request);
            }
            catch (AgentException busy) when (busy.IsBusy && clock.Elapsed < Patience)
            {
                // It begins, or others ask: again in a moment.
            }
        }
    }
}
