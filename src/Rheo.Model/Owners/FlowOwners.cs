namespace Rheo.Model.Owners;

/// <summary>Whose the ends of a flow are, as its table knows it now.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Sender">Processes at the end that sends; empty where they are not known.</param>
/// <param name="Receiver">Processes at the end that receives.</param>
public readonly record struct FlowOwners(FlowRef Flow, IReadOnlyList<SocketProcess> Sender, IReadOnlyList<SocketProcess> Receiver);
