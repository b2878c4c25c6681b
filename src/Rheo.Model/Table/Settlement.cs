namespace Rheo.Model.Table;

/// <summary>What one direction adds to the totals.</summary>
internal readonly record struct Settlement(ulong Packets, ulong Bytes, uint Syn, uint Fin, uint Rst)
{
    /// <summary>What this has beyond the other, never less than nothing.</summary>
    public Settlement Beyond(in Settlement other) => new(
        Packets > other.Packets ? Packets - other.Packets : 0,
        Bytes > other.Bytes ? Bytes - other.Bytes : 0,
        Syn > other.Syn ? Syn - other.Syn : 0,
        Fin > other.Fin ? Fin - other.Fin : 0,
        Rst > other.Rst ? Rst - other.Rst : 0);

    public Settlement Plus(in Settlement other) =>
        new(Packets + other.Packets, Bytes + other.Bytes, Syn + other.Syn, Fin + other.Fin, Rst + other.Rst);
}
