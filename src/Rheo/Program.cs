using Rheo;
using Rheo.Agent;
using Rheo.Cli;

var commands = new Commands(FlowCaptureSource.Open, Console.Error);
return CommandLine.Run(args, commands.Flows, commands.Agent, Console.Out, Console.Error);
