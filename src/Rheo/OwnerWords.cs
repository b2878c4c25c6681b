using System.Globalization;
using Rheo.Model.Owners;

namespace Rheo;

/// <summary>Processes in words for people; whatever they call themselves is escaped.</summary>
public static class OwnerWords
{
    /// <summary>As docker and crictl show a container.</summary>
    private const int ContainerLength = 12;

    /// <summary>The first process, and how many more there are: <c>nginx[812]+3</c>; nothing where none is known.</summary>
    public static string Of(IReadOnlyList<SocketProcess> processes) => processes.Count switch
    {
        0 => "",
        1 => Of(processes[0]),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Of(processes[0])}+{processes.Count - 1}"),
    };

    /// <summary>Name and number of a process: <c>nginx[812]</c>.</summary>
    public static string Of(SocketProcess process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text.Printable(process.Name)}[{process.Pid}]");

    /// <summary>The container, shortened as docker does.</summary>
    public static string Container(SocketProcess process) => Container(process.Container);

    /// <summary>A container's id, shortened as docker does.</summary>
    public static string Container(string id) => Text.Printable(id.Length > ContainerLength ? id[..ContainerLength] : id);

    /// <summary>Where processes run: the container, or else the unit.</summary>
    public static string Home(IReadOnlyList<SocketProcess> processes) =>
        processes.Count == 0 ? "" : processes[0].Container.Length > 0 ? Container(processes[0]) : Text.Printable(processes[0].Unit);
}
