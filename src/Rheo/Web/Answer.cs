using System.IO.Pipelines;

namespace Rheo.Web;

/// <summary>Writes one answer, in pieces: a slow client holds up this call and fills no memory.</summary>
public delegate Task Answer(PipeWriter output, CancellationToken cancel);
