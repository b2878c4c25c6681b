using System.Globalization;
using Rheo.Warden.Interop;

namespace Rheo.Warden;

/// <summary>Whom the core runs as.</summary>
/// <param name="Uid">User number.</param>
/// <param name="Gid">Group number.</param>
internal readonly record struct CoreUser(uint Uid, uint Gid)
{
    /// <summary>The user that packages make for Rheo.</summary>
    internal const string Name = "rheo";

    /// <summary>
    /// Where there is no such user: a number that systemd's table of user numbers (systemd.io/UIDS-GIDS) leaves unused, so that it is
    /// nobody else's. Not "nobody": that one owns what others have no owner for.
    /// </summary>
    internal const uint Nameless = 60_946;

    private const string Accounts = "/etc/passwd";

    /// <summary>The user that packages have made; null where none has.</summary>
    internal static CoreUser? Packaged => Find(Name);

    /// <summary>The user that this process runs as.</summary>
    internal static CoreUser Own => new(ProcessCalls.geteuid(), ProcessCalls.getegid());

    /// <summary>Who to be: the named user, else <c>rheo</c> if there is one, else a number; ourselves, if we are an ordinary user.</summary>
    /// <exception cref="IOException">There is no such user.</exception>
    internal static CoreUser Choose(string? wanted)
    {
        if (Own.Uid != 0)
            return Own;
        if (wanted is not null)
            return Find(wanted) ?? throw new IOException($"there is no user {Text.Printable(wanted)}");
        return Packaged ?? new CoreUser(Nameless, Nameless);
    }

    private static CoreUser? Find(string wanted)
    {
        if (uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new CoreUser(number, number);
        if (!File.Exists(Accounts))
            return null;
        foreach (var line in File.ReadLines(Accounts))
        {
            var fields = line.Split(':');
            if (fields.Length > 3 && fields[0] == wanted && uint.TryParse(fields[2], out var uid) && uint.TryParse(fields[3], out var gid))
                return new CoreUser(uid, gid);
        }

        return null;
    }
}
