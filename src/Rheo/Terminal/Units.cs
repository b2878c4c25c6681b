using System.Globalization;

namespace Rheo.Terminal;

/// <summary>Numbers as a person reads them at a glance: three significant digits and a unit.</summary>
public static class Units
{
    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] Decimal = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Bytes in powers of 1024: <c>1.50 KiB</c>.</summary>
    public static string Bytes(ulong bytes) => Scale(bytes, 1024, Binary);

    /// <summary>A count in powers of 1000: <c>12.3k</c>.</summary>
    public static string Count(ulong count) => Scale(count, 1000, Decimal).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A byte rate as the line rate that network people speak of: <c>80.0 Mbit/s</c>.</summary>
    public static string BitRate(double bytesPerSecond)
    {
        var text = Scale(bytesPerSecond * 8, 1000, Decimal);
        return text.Contains(' ') ? text + "bit/s" : text + " bit/s";
    }

    /// <summary>A span of time: <c>250 us</c>, <c>1.20 ms</c>, <c>3.00 s</c>.</summary>
    public static string Microseconds(double microseconds) => microseconds switch
    {
        < 1_000 => Digits(microseconds) + " us",
        < 1_000_000 => Digits(microseconds / 1_000) + " ms",
        _ => Digits(microseconds / 1_000_000) + " s",
    };

    private static string Scale(double value, double step, string[] units)
    {
        var unit = 0;
        // 999.5 would print as 1000 of the smaller unit.
        while (value >= step - 0.5 && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        var number = unit == 0 ? value.ToString("0", CultureInfo.InvariantCulture) : Digits(value);
        return units[unit].Length == 0 ? number : number + " " + units[unit];
    }

    private static string Digits(double value) => value.ToString(
        value switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
