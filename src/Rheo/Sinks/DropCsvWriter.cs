using System.Globalization;
using System.Text;
using Rheo.Model;
using Rheo.Model.Drops;

namespace Rheo.Sinks;

/// <summary>Prints drops as comma-separated values (RFC 4180) with a header line; safe to open in a spreadsheet.</summary>
public sealed class DropCsvWriter : IDropWriter
{
    private const string Header =
        "last_seen,reason,loss,place,interface,interface_index,netns,netns_name,ether_type,source_address,source_port,destination_address,"
        + "destination_port,protocol,process_pid,process_name,process_executable,process_uid,process_container,process_unit,packets,bytes";

    private readonly StreamWriter _output;
    private readonly DropNames _names;
    private readonly List<string> _cells = [];

    /// <summary>Writes the header at once, so that an empty result is still a table.</summary>
    public DropCsvWriter(Stream output, DropNames names)
    {
        _output = new StreamWriter(output, new UTF8Encoding(false), 32 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        _names = names;
        _output.WriteLine(Header);
    }

    /// <inheritdoc/>
    public void Write(DropTotal drop)
    {
        _cells.Clear();
        Add(Rfc3339.Format(drop.LastSeenNs), drop.Reason, drop.Meaning.IsLoss ? "true" : "false", drop.Place, _names.Interface(drop), Number(drop.Interface));
        Add(Number(drop.Namespace), _names.Namespace(drop), drop.EtherType == 0 ? "" : "0x" + drop.EtherType.ToString("x4", CultureInfo.InvariantCulture));
        AddFlow(drop.Flow);
        AddOwner(drop);
        Add(drop.Packets.ToString(CultureInfo.InvariantCulture), drop.Bytes.ToString(CultureInfo.InvariantCulture));
        _output.WriteLine(string.Join(',', _cells));
    }

    /// <inheritdoc/>
    public void Flush() => _output.Flush();

    private void AddFlow(DroppedFlow? dropped)
    {
        if (dropped is not { } flow)
            Add("", "", "", "", "");
        else
            Add(flow.Source.Address.ToString(), Number(flow.Source.Port), flow.Destination.Address.ToString(), Number(flow.Destination.Port), Number(flow.Protocol));
    }

    private void AddOwner(DropTotal drop)
    {
        if (drop.Owner is not { } owner)
            Add("", "", "", "", "", "");
        else
            Add(Number(owner.Pid), owner.Name, owner.Executable, owner.Uid.ToString(CultureInfo.InvariantCulture), owner.Container, owner.Unit);
    }

    private void Add(params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
            _cells.Add(CsvWriter.Cell(Text.Printable(cell)));
    }

    // What is zero is not known, or not there.
    private static string Number(long value) => value == 0 ? "" : value.ToString(CultureInfo.InvariantCulture);
}
