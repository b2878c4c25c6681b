using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rheo.Web;

/// <summary>The secret that a client shows: <c>Authorization: Bearer TOKEN</c>. Never part of an address, which would be logged.</summary>
public sealed class AccessToken
{
    /// <summary>32: as hexadecimal digits, 128 bits that nobody guesses, however often he may try.</summary>
    private const int Shortest = 32;
    private const int Longest = 1024;
    private const string Scheme = "Bearer ";

    private readonly byte[] _secret;

    private AccessToken(string secret) => _secret = Encoding.ASCII.GetBytes(secret);

    /// <summary>Reads the token from its file: one line.</summary>
    /// <exception cref="IOException">The file cannot be used; says why.</exception>
    public static AccessToken Read(string path)
    {
        var secret = SecretFile.Read(path).Trim();
        if (secret.Length is < Shortest or > Longest || !secret.All(char.IsAsciiLetterOrDigit))
            throw new IOException($"{path}: a token is one line of {Shortest} to {Longest} letters and digits; make one with 'openssl rand -hex 32'");
        return new AccessToken(secret);
    }

    /// <summary>Whether the request shows it. Takes as long for a wrong token as for the right one.</summary>
    internal bool IsShownBy(HttpRequest request)
    {
        var shown = request.Headers.Authorization.ToString();
        return shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown[Scheme.Length..].Trim()), _secret);
    }
}
