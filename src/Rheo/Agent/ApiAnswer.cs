using System.Text.Json;

namespace Rheo.Agent;

/// <summary>Reads what /api/v1/flows answers.</summary>
internal static class ApiAnswer
{
    /// <summary>Packets of all flows in an answer.</summary>
    public static long PacketsOf(string answer)
    {
        using var json = JsonDocument.Parse(answer);
        return json.RootElement.GetProperty("flows").EnumerateArray().Sum(Packets);
    }

    private static long Packets(JsonElement flow)
    {
        var packets = flow.GetProperty("packets");
        return packets.GetProperty("sent").GetInt64() + packets.GetProperty("received").GetInt64();
    }
}
