using System.Text.Json;

namespace Rheo.Agent;

/// <summary>A JSON answer of a running agent.</summary>
internal static class AgentAnswer
{
    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="path">The agent's socket.</param>
    /// <param name="request">The path and query asked for.</param>
    /// <param name="read">Makes something of it; <see cref="InvalidDataException"/> where it cannot.</param>
    /// <exception cref="AgentException">There is no agent, or none that answers so.</exception>
    public static T Read<T>(string path, string request, Func<JsonElement, T> read)
    {
        using var connection = AgentConnection.Get(path, request);
        connection.Timeout = TimeSpan.FromSeconds(10);
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
}
