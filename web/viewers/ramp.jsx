import { IIIFPlayer, MediaPlayer, MetadataDisplay, StructuredNavigation } from "@samvera/ramp";
import React from "react";
import { createRoot } from "react-dom/client";
import "video.js/dist/video-js.css";

const manifestUrl = new URLSearchParams(location.search).get("manifest");
createRoot(document.getElementById("root")).render(
  <IIIFPlayer manifestUrl={manifestUrl}>
    <MediaPlayer enableFileDownload={false} />
    <StructuredNavigation />
    <MetadataDisplay />
  </IIIFPlayer>,
);
